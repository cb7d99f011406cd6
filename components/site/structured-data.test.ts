import { expect, test } from 'vitest'
import { dataText } from './structured-data'

test('whatever a text holds, data for programs ends where it should, and says the same', () => {
  const name = '</script><script>alert(1)</script><!-- &lt; \u2028 ấm'
  const text = dataText([{ '@type': 'NGO', name }])
  expect(text).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(text)).toEqual({ '@context': 'https://schema.org', '@graph': [{ '@type': 'NGO', name }] })
})
