import { create } from 'qrcode'

interface Props {
  /** The VietQR, as text. */
  text: string
  label: string
  /** In a sample installation: words across the code and around it, so that a photograph of it carries them too. */
  sample?: { across: string; around: string }
}

/** Modules of white that a reader needs around a code (ISO/IEC 18004). */
const QUIET = 4
const BAND = 4

/**
 * A QR code as one SVG path, error level M: a reader mends up to 15 % of it. The sample's band covers less than
 * a tenth, away from the finder patterns, so the code can still be read, by the test bank among others.
 */
export function Qr({ text, label, sample }: Props) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size;) {
      let end = x
      while (end < size && modules.get(y, end)) end++
      if (end > x) path += `M${x} ${y}h${end - x}v1H${x}z`
      x = end + 1
    }
  }
  const frame = sample ? BAND : 0
  const whole = size + 2 * (QUIET + frame)
  const start = -(QUIET + frame)
  const middle = size / 2
  return (
    <svg className="qr-code" viewBox={`${start} ${start} ${whole} ${whole}`} role="img" aria-label={label}>
      <path className="qr-ground" d={`M${start} ${start}h${whole}v${whole}h-${whole}z`} />
      <path className="qr-dots" d={path} />
      {sample && (
        <g aria-hidden="true">
          {/* A frame around the quiet zone, with the words on all four sides. */}
          <path
            className="qr-frame"
            fillRule="evenodd"
            d={`M${start} ${start}h${whole}v${whole}h-${whole}zM${-QUIET} ${-QUIET}v${size + 2 * QUIET}h${size + 2 * QUIET}v-${size + 2 * QUIET}z`}
          />
          {[0, 90, 180, 270].map((turn) => (
            <text key={turn} className="qr-words" x={middle} y={-QUIET - frame / 2} transform={`rotate(${turn} ${middle} ${middle})`}>
              {sample.around}
            </text>
          ))}
          <path className="qr-band" d={`M${middle - 8.5} ${middle - 1.7}h17v3.4h-17z`} />
          <text className="qr-across" x={middle} y={middle}>
            {sample.across}
          </text>
        </g>
      )}
    </svg>
  )
}
