import { HtmlValidate } from 'html-validate'
import { expect, test } from './fixtures'
import { inLocale, LOCALES } from './site'

/** What the HTML standard demands; how one writes it is React's business. */
const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] })

for (const locale of LOCALES)
  test(`every kind of page is valid HTML (${locale})`, async ({ request, pages }) => {
    for (const { name, path, status } of pages) {
      const answer = await request.get(inLocale(locale, path))
      expect.soft(answer.status(), name).toBe(status)
      const report = await validator.validateString(await answer.text())
      const faults = report.results.flatMap(({ messages }) => messages)
      expect
        .soft(
          faults.map(({ ruleId, message, selector }) => `${ruleId}: ${message} at ${selector ?? 'the document'}`),
          name,
        )
        .toEqual([])
    }
  })
