import type { ReactNode } from 'react'
import { Field, type ControlProps } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { officeError } from './text'

/** What was typed into a form that came back, and what is wrong by field. */
export type Typed = { fields: Record<string, string>; errors: Record<string, string> } | null

/** Fields of the office's forms, with what was typed in them and what is wrong with it. */
export function fieldsOf(locale: Locale, typed: Typed) {
  const valueOf = (name: string) => typed?.fields[name]
  const field = (name: string, label: string, control: (props: ControlProps) => ReactNode, hint?: string) => {
    const code = typed?.errors[name]
    return (
      <Field name={name} label={label} hint={hint} error={code ? officeError(locale, code) : null}>
        {control}
      </Field>
    )
  }
  const text =
    (maxLength: number, more: { inputMode?: 'numeric' | 'email' | 'tel' } = {}) =>
    (control: ControlProps) => (
      <input {...control} {...more} type="text" autoComplete="off" maxLength={maxLength} defaultValue={valueOf(control.name)} />
    )
  const choice = (options: { value: string; label: string }[], chosen: string) => (control: ControlProps) => (
    <select {...control} defaultValue={valueOf(control.name) ?? chosen}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
  return { field, text, choice, valueOf }
}
