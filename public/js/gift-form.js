// The gift form works without this file. It only spares a donor a second look:
// typing another amount chooses it, choosing an offered one empties the other, and errors are read out first.
const other = document.getElementById('otherAmount')
const buttons = [...document.querySelectorAll('input[name="amount"]')]

if (other instanceof HTMLInputElement) {
  other.addEventListener('input', () => {
    const own = buttons.find((button) => button.value === 'other')
    if (own && other.value.trim() !== '') own.checked = true
  })
  for (const button of buttons) {
    button.addEventListener('change', () => {
      if (button.value === 'other') other.focus()
      else other.value = ''
    })
  }
}

document.getElementById('loi')?.focus()
