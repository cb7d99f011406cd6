import type { ReactNode } from 'react'

interface Props {
  /** In the page's language. */
  action: string
  /** What the button decides. */
  deed: string
  version: number
  /** Names this step: sent twice, it is taken once. */
  formKey: string
  button: ReactNode
  /** Set where it can't be taken back. */
  isGrave?: boolean
  children?: ReactNode
}

/** One step of something in the console: its fields, and the version that was looked at. */
export function StepForm({ action, deed, version, formKey, button, isGrave, children }: Props) {
  return (
    <form method="post" action={action} className="stack" noValidate>
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="key" value={`${formKey}-${deed}`} />
      {children}
      <p>
        <button className={isGrave ? 'act act-2' : 'act act-3'} name="viec" value={deed}>
          {button}
        </button>
      </p>
    </form>
  )
}
