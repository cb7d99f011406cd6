import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Prose, safeHref } from './prose'

const html = (text: string) => renderToStaticMarkup(<Prose text={text} />)

describe('prose', () => {
  it('reads Markdown and puts headings under those of the page', () => {
    expect(html('# Một\n\nHai **ba**')).toBe('<div class="prose"><h3>Một</h3>\n<p>Hai <strong>ba</strong></p></div>')
  })

  it('drops raw HTML, pictures and addresses that run', () => {
    expect(html('a <script>alert(1)</script> <b onclick=x>b</b>')).not.toMatch(/<script|onclick/)
    expect(html('![x](https://example.org/x.png)')).not.toContain('<img')
    expect(html('[x](javascript:alert(1))')).not.toContain('javascript')
    expect(html('[x](https://example.org)')).toContain('<a href="https://example.org" rel="nofollow noopener noreferrer">x</a>')
  })

  it('knows which addresses may stand', () => {
    expect(['/xa/ba-vi', '#a', 'https://a.vn', 'mailto:a@b.vn'].map(safeHref)).toEqual(['/xa/ba-vi', '#a', 'https://a.vn', 'mailto:a@b.vn'])
    expect(['//evil.vn', '/\\evil.vn', 'data:text/html,x', 'vbscript:x', ' javascript:x'].map(safeHref)).toEqual(['', '', '', '', ''])
  })
})
