import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { translator } from '@/lib/i18n/translator'
import { labelWithSums, WithSums } from './logged-sum'

test('sums of a sentence are marked where they stand, also inside what is emphasised, in either language', () => {
  const t = translator('en', 'communes')
  const said = renderToStaticMarkup(
    <p>
      <WithSums
        locale="en"
        say={(sum) => t.rich('page.missing', { year: '2026', missing: sum('missing', 1_250_000n), b: (text) => <b>{text}</b> })}
      />
    </p>,
  )
  expect(said).toContain('<b><data class="so" value="1250000" data-log="missing">₫1,250,000</data></b>')
  // As the text has always been, but for the marks.
  expect(said.replace(/<[^>]*>/g, '')).toBe(t.markup('page.missing', { year: '2026', missing: '₫1,250,000', b: (text) => text }))
})

test('a label names its sums in the order in which its language says them', () => {
  const label = labelWithSums('vi', (sum) => {
    const [first, second] = [sum('given', 1000n), sum('missing', 2_000_000n)]
    return `Thiếu ${second}, nhận ${first}`
  })
  expect(label).toEqual({ 'aria-label': 'Thiếu 2.000.000\u00a0₫, nhận 1.000\u00a0₫', 'data-log-label': 'missing,given' })
  expect(labelWithSums('vi', () => 'Đủ')).toEqual({ 'aria-label': 'Đủ' })
})
