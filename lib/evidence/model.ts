import type { Day } from '../time/day'

export type PaperKind = 'handover' | 'invoice' | 'receipt' | 'quotation' | 'goods_note' | 'certificate'
/** What may be added to a delivery, and to a spend before there is one. */
export const DELIVERY_PAPERS = ['handover', 'invoice', 'receipt'] as const satisfies readonly PaperKind[]
export const SPEND_PAPERS = ['quotation', 'invoice', 'receipt'] as const satisfies readonly PaperKind[]
/** What may be added to goods that came: the note that giver and fund signed, a certificate of their quality. */
export const GOODS_PAPERS = ['goods_note', 'certificate'] as const satisfies readonly PaperKind[]
/** The office of who releases a paper: public, other than the person. */
export type Office = 'director' | 'accountant' | 'officer'

/** Why a picture is not taken: more bytes or pixels than allowed, none of the formats, cut off or broken, or too small to see. */
export type PictureRefusal = 'too_large' | 'too_many_pixels' | 'not_a_picture' | 'damaged' | 'too_small'
export type ConsentRefusal = 'unknown_delivery' | 'not_yet' | 'ended'
export type PhotoRefusal = PictureRefusal | 'unknown_consent' | 'unknown_draft' | 'no_consent' | 'no_description'
export type PaperRefusal =
  PictureRefusal | 'unknown_spend' | 'unknown_delivery' | 'no_delivery' | 'unknown_goods' | 'not_yet' | 'not_redacted'
/** `no_copy`: there is no redacted copy yet, and an original is never shown. */
export type ReleaseRefusal = 'not_found' | 'decided_already' | 'withdrawn' | 'same_person' | 'no_consent' | 'no_copy'
export type CopyRefusal = PictureRefusal | 'not_found' | 'withdrawn' | 'not_redacted' | 'has_copy'
export type WithdrawRefusal = 'not_found' | 'withdrawn'

export const PICTURE_FORMATS = ['avif', 'webp', 'jpeg'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

/** Types of what is served, by the ending of its address. */
export const TYPES = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' } as const
export type Ending = keyof typeof TYPES
export const isEnding = (text: string): text is Ending => text in TYPES

/** Where a file that may be shown is served. */
export const filePath = (digest: string, ending: Ending): string => `/tep/${digest}.${ending}`

/** A photo, as a page shows it. */
export interface PhotoView {
  key: string
  alt: string
  width: number
  height: number
  /** Addresses with their widths, by format, the smallest first. */
  forms: Record<PictureFormat, { path: string; width: number }[]>
}

/** A paper that was added, as a page lists it. */
export interface PaperView {
  key: string
  kind: PaperKind
  datedOn: Day
  /** Of which spend it is, where a list has papers of several; null of one of goods. */
  spend: string | null
  delivery: { slug: string; deliveredOn: Day } | null
  state:
    | { kind: 'waiting' }
    | { kind: 'shown'; path: string; bytes: number; sha256: string; releasedAs: Office; releasedOn: Day }
    | { kind: 'withdrawn'; reason: string; withdrawnOn: Day }
}

/** What proves a delivery. */
export interface DeliveryEvidence {
  photos: PhotoView[]
  /** Whether there were photos that are not shown any more. */
  hasWithdrawnPhotos: boolean
  papers: PaperView[]
  /** Until when papers should be there. */
  dueOn: Day
  /** Whether that day passed without one that is shown. */
  isOverdue: boolean
}

export const CONSENT_GIVERS = ['school', 'health_station', 'guardians'] as const
export const CONSENT_WAYS = ['paper', 'email'] as const

/** What all that was added has. */
export interface DeskPiece {
  key: string
  /** Id of who added it, and so can't release it. */
  addedBy: string
  state: 'waiting' | 'shown' | 'withdrawn'
  /** Last part of its address in the console; null once its bytes are gone. */
  file: string | null
}

/** What proves a delivery, as its people see it. */
export interface DeskEvidence {
  consents: {
    key: string
    givenBy: (typeof CONSENT_GIVERS)[number]
    givenHow: (typeof CONSENT_WAYS)[number]
    paperNumber: string
    givenOn: Day
    validUntil: Day | null
    isStanding: boolean
    /** How many photos rest on it. */
    photos: number
  }[]
  /** `mayBeShown` where its consent stands, or it was drawn. */
  photos: (DeskPiece & { alt: string; mayBeShown: boolean })[]
  papers: DeskPaper[]
}

/** A paper of goods that somebody may release. */
export interface WaitingGoodsPaper {
  key: string
  /** Of the gift. */
  code: string
  kind: PaperKind
  datedOn: Day
}

/** A paper as the fund's people see it. */
export interface DeskPaper extends DeskPiece {
  kind: PaperKind
  datedOn: Day
  isOfSpend: boolean
  /** The day on which the goods came that it is of; null of one of a spend. */
  goodsOf: Day | null
  /** Whether there is a redacted copy. */
  hasCopy: boolean
  /** Id of who redacted it, where that was later. */
  copyBy: string | null
}
