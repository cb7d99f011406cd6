import { band } from '@/components/weave/band'
import { DAY_DYES, drawnBand, drawnBar, drawnMark, drawnMotif } from '@/components/weave/drawn'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import type { PictureContent } from './content'

const PAPER = '#f4f1e6'
const INK = '#171f3f'
const QUIET = '#454c6b'
const MADDER = '#a3242f'
const ON_MADDER = '#fff8ec'

/** Faces hold one part of the letters each; under one name, letters would be dropped (see render.tsx). */
export const FACES = ['Be Vietnam Latin', 'Be Vietnam Vietnamese'] as const

/** What the faces lack. The engine would ask a server far away for it, so none of it may come there. */
const UNKNOWN =
  /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ab\u20ac\u2212]/gu

/** A text in letters that can be drawn, each as one sign: others lose their marks, or are left out. */
export const drawable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(UNKNOWN, (sign) => sign.normalize('NFKD').replace(/\p{M}/gu, '').replace(UNKNOWN, ''))
    .trim()

/** Long titles are set smaller, so that all of it stands in three lines. */
const titleSize = (title: string, hasFigures: boolean): number => {
  const largest = hasFigures ? 60 : 76
  return title.length > 90 ? 40 : title.length > 60 ? 46 : title.length > 34 ? Math.min(largest, 54) : largest
}

const drawing = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`

/** The picture of a link, 1200 × 630: the place's band, what it is, how far it got. Laid out by satori, which knows flex boxes only. */
export function PictureCard({ content, isSample }: { content: PictureContent; isSample: boolean }) {
  const { locale, seed, isComplete, motif, kicker, title, text, figures, bar } = content
  const head = drawnBand(band(seed, { complete: isComplete }), 300, DAY_DYES, 'width="1200" height="108"')
  const hasFigures = figures.length > 0
  return (
    <div
      style={{
        ...{ width: 1200, height: 630, display: 'flex', flexDirection: 'column', backgroundColor: PAPER, color: INK },
        ...{ fontFamily: FACES.join(', '), fontSize: 28, lineHeight: 1.25 },
      }}
    >
      <img src={drawing(head)} width={1200} height={108} alt="" />
      <div style={{ display: 'flex', flexDirection: 'column', flexGrow: 1, padding: '28px 64px 30px', justifyContent: 'space-between' }}>
        <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center' }}>
          <div style={{ display: 'flex', color: QUIET, maxWidth: 820 }}>{drawable(kicker)}</div>
          <div style={{ display: 'flex', alignItems: 'center', fontWeight: 600 }}>
            <img src={drawing(drawnMark(DAY_DYES, 'width="44" height="44"'))} width={44} height={44} alt="" />
            <div style={{ display: 'flex', marginLeft: 12 }}>{translator(locale, 'site')('name')}</div>
          </div>
        </div>
        <div style={{ display: 'flex', alignItems: 'center' }}>
          {motif && (
            <img
              src={drawing(drawnMotif(motif, DAY_DYES, 'width="120" height="120"'))}
              width={120}
              height={120}
              alt=""
              style={{ marginRight: 32, flexShrink: 0 }}
            />
          )}
          <div
            style={{
              ...{
                display: 'block',
                fontWeight: 600,
                fontSize: titleSize(title, hasFigures),
                lineHeight: 1.22,
                lineClamp: 3,
                textWrap: 'balance',
              },
              ...{ maxWidth: motif ? 920 : 1072 },
            }}
          >
            {drawable(together(title))}
          </div>
        </div>
        {text && (
          <div style={{ display: 'block', fontSize: 34, lineHeight: 1.4, color: QUIET, lineClamp: 3, textWrap: 'balance' }}>
            {drawable(text)}
          </div>
        )}
        {bar && (
          <img
            src={drawing(
              drawnBar(
                seed,
                { goalVnd: BigInt(bar.goal), receivedVnd: BigInt(bar.received) },
                { cols: 120, rows: 9, every: 1 },
                DAY_DYES,
                'vai',
                'width="1072" height="97"',
              ),
            )}
            width={1072}
            height={97}
            alt=""
          />
        )}
        {hasFigures && (
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            {figures.map(({ name, value }) => (
              <div key={name} style={{ display: 'flex', flexDirection: 'column' }}>
                <div style={{ display: 'flex', fontSize: 26, color: QUIET }}>{drawable(name)}</div>
                <div style={{ display: 'flex', fontSize: 42, fontWeight: 600 }}>{drawable(value)}</div>
              </div>
            ))}
          </div>
        )}
      </div>
      {isSample && (
        <div
          style={{
            ...{ display: 'flex', justifyContent: 'center', padding: '7px 0 9px' },
            ...{ backgroundColor: MADDER, color: ON_MADDER, fontSize: 24, fontWeight: 600 },
          }}
        >
          {translator(locale, 'links')('sampleText')}
        </div>
      )}
    </div>
  )
}
