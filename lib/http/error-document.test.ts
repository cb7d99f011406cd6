import { describe, expect, it } from 'vitest'
import { errorDocument } from './error-document'

describe('errorDocument', () => {
  it('is a whole page in the language asked for, without scripts or inline styles', () => {
    for (const locale of ['vi', 'en'] as const) {
      const html = errorDocument(locale)
      expect(html).toMatch(/^<!doctype html>/)
      expect(html).toContain(`<html lang="${locale}">`)
      expect(html).not.toMatch(/<script|style=/)
    }
    expect(errorDocument('en')).toContain('href="/en"')
  })
})
