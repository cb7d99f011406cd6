import ReactMarkdown, { type Components } from 'react-markdown'

const ELEMENTS = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'strong', 'em', 'a', 'blockquote', 'hr', 'br', 'code']

/** Headings begin under the page's own h2. */
const components: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h4>{children}</h4>,
  h5: ({ children }) => <h4>{children}</h4>,
  h6: ({ children }) => <h4>{children}</h4>,
  a: ({ href, children }) =>
    href ? (
      <a href={href} rel="nofollow noopener noreferrer">
        {children}
      </a>
    ) : (
      <>{children}</>
    ),
}

/** An address that may stand in a text: http, https, mailto, or a path of this site. Anything else is dropped. */
export function safeHref(href: string): string {
  const address = href.trim()
  if (/^(https?:\/\/|mailto:)/i.test(address)) return address
  return /^(\/(?![/\\])|#)/.test(address) ? address : ''
}

/** Markdown written by a fund. Raw HTML is not read, pictures are left out, links lead only where they may. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="prose">
      <ReactMarkdown skipHtml allowedElements={ELEMENTS} unwrapDisallowed urlTransform={safeHref} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
}
