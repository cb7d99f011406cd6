import type { Told } from '@/lib/receipts/model'

/** What came of a check: the verdict, and what the log says. */
export function ToldBox({ told: { verdict, title, text, parts } }: { told: Told }) {
  return (
    <div className={`told told-${verdict}`}>
      <p className="told-title">{title}</p>
      <p>{text}</p>
      {parts.map((part) => (
        <ToldPart key={part.title} part={part} />
      ))}
    </div>
  )
}

/** One entry of the log, read out and as it stands there. */
export function ToldPart({ part }: { part: Told['parts'][number] }) {
  return (
    <>
      <h3>{part.title}</h3>
      <dl className="facts">
        {part.rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {part.body !== null && <pre className="raw">{part.body}</pre>}
    </>
  )
}
