// The gift form works without this file. It only spares a donor a second look:
// typing another amount chooses it, choosing an offered one empties the other, and errors are read out first.
const other = document.getElementById('otherAmount')
const buttons = [...document.querySelectorAll('input[name="amount"]')]

if (other instanceof HTMLInputElement) {
  other.addEventListener('input', () => {
    const own = buttons.find((button) => button.value === 'other')
    if (own && other.value.trim() !== '') own.checked = true
  })
  // Only a pointer moves the focus: whoever walks through the choices by arrow keys must be able to walk on.
  let isPointer = false
  addEventListener('pointerdown', () => (isPointer = true))
  addEventListener('keydown', () => (isPointer = false))
  for (const button of buttons) {
    button.addEventListener('change', () => {
      if (button.value !== 'other') other.value = ''
      else if (isPointer) other.focus()
    })
  }
}

document.getElementById('loi')?.focus()
