import type { ReactNode } from 'react'

interface Props {
  name: string
  value: string
  checked: boolean
  id: string
  describedBy?: string | undefined
  isOff?: boolean
  className?: string
  children: ReactNode
}

/** A button of a choice, with its text beside it. */
export function Pick({ name, value, checked, id, describedBy, isOff = false, className, children }: Props) {
  return (
    <label className={className ? `pick ${className}` : 'pick'}>
      <input
        type="radio"
        name={name}
        value={value}
        id={id}
        defaultChecked={checked}
        aria-describedby={describedBy}
        {...(isOff ? { disabled: true } : {})}
      />
      {children}
    </label>
  )
}
