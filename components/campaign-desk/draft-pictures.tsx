import type { Typed } from '@/components/delivery/handover-text'
import { DeskConsents } from '@/components/evidence/desk-consents'
import { DeskPhotos } from '@/components/evidence/desk-photos'
import type { DeskEvidence } from '@/lib/evidence/model'
import type { Locale } from '@/lib/i18n/locale'
import type { Day } from '@/lib/time/day'

interface Props {
  locale: Locale
  pictures: Omit<DeskEvidence, 'papers'>
  /** The address of a part of the draft's page. */
  path: (part: string) => string
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  may: { add: boolean; release: boolean; withdraw: boolean }
  today: Day
  newKeys: { photo: string; consent: string }
  /** Under which name the browser keeps a form. */
  kept: (form: string) => string
  typed: Typed | null
}

/** The pictures of a campaign with their consents: they stand beside its story once another person released them. */
export function DraftPictures({ pictures, newKeys, kept, ...props }: Props) {
  return (
    <div className="evidence-parts">
      <DeskPhotos {...props} {...pictures} newKey={newKeys.photo} kept={kept('anh')} mayBeDrawn />
      <DeskConsents
        {...props}
        usualDay={props.today}
        consents={pictures.consents}
        newKey={newKeys.consent}
        kept={kept('dong-y')}
        isOpen={false}
      />
    </div>
  )
}
