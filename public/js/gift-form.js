// The gift form works without this file. It only spares a donor a second look:
// typing an amount of one's own chooses it, choosing another one empties it, and errors are read out first.
const buttons = [...document.querySelectorAll('input[name="amount"]')]
/** The field that is typed into, by the value of its button. */
const fields = new Map(['other', 'foreign'].map((value) => [value, document.getElementById(`${value}Amount`)]).filter(([, field]) => field))

for (const [value, field] of fields) {
  field.addEventListener('input', () => {
    const own = buttons.find((button) => button.value === value)
    if (!own || field.value.trim() === '') return
    own.checked = true
    emptyBut(value)
  })
}

// Only a pointer moves the focus: whoever walks through the choices by arrow keys must be able to walk on.
let isPointer = false
addEventListener('pointerdown', () => (isPointer = true))
addEventListener('keydown', () => (isPointer = false))
for (const button of buttons) {
  button.addEventListener('change', () => {
    emptyBut(button.value)
    if (isPointer) fields.get(button.value)?.focus()
  })
}

/** Two amounts would be asked back. */
function emptyBut(value) {
  for (const [other, field] of fields) if (other !== value) field.value = ''
}

// Whoever began to type before this file came types on.
if (document.activeElement === document.body) document.getElementById('loi')?.focus()
