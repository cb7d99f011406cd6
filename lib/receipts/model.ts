import type { Particulars } from '../funds/model'
import type { Locale } from '../i18n/locale'
import type { checking } from '../i18n/messages/vi/checking'
import type { ForeignCurrency } from '../money/currency'
import type { Day } from '../time/day'

/** Stands in plain letters in each PDF that is sealed: one whose seal and proofs were taken off is known by it. */
export const PAPER_MARK = 'tung-dong/sealed-paper'

/** A file that is checked is no larger. */
export const MOST_CHECKED_BYTES = 8 * 1024 * 1024

/** A paper names no more gifts than this. A code that brings more in a year has a receipt for each all the same. */
export const MOST_LINES = 366

/** A page shows no more entries of one code, or of a list of numbers, than this. */
export const MOST_LOOKED_UP = 12

/** What one gift was: money, as it came, or units of one thing. */
export type Given =
  | {
      kind: 'money'
      via: 'bank' | 'card' | 'cash'
      /** False: known from a notice alone, and on no statement of the bank yet. */
      isStated: boolean
      amountVnd: bigint
      /** What of it went back to its donor since. */
      returnedVnd: bigint
      charged: { currency: ForeignCurrency; amountMinor: bigint } | null
    }
  /** `position`: of the thing in its campaign's budget. */
  | { kind: 'goods'; units: bigint; unit: string; item: string; position: number }

/** An entry of the public log, and what proves that it is there (lib/public-log/prove.ts). */
export interface ProvenEntry {
  body: string
  proof: string
}

/** One gift as a paper names it. */
export interface GiftLine {
  /** Number of its receipt: its entry in the public log, from 0, of which there is one for every number. */
  number: bigint
  day: Day
  given: Given
}

/** One gift with its proof. */
export interface ReceiptLine extends GiftLine {
  /** Null for the second until a checkpoint speaks of it. */
  entry: ProvenEntry | null
}

/** What opens the commitment to a donor's name that is in the log: for the donor alone. */
export interface Opening {
  field: 'name'
  text: string
  /** 32 bytes in hex. */
  salt: string
}

/** Who gave, and to whom: what every paper says. */
export interface GiverHead {
  locale: Locale
  /** The giver's name, or "a kind donor". */
  name: string
  isCompany: boolean
  /** For the donor's own copy alone. */
  taxCode: string | null
  fund: {
    slug: string
    name: string
    place: string
    /** Decision numbers of its plans. */
    plans: string[]
    /** Where it is found, as far as it says. */
    particulars: Particulars
  }
  /** Of the cloth that the paper carries. */
  seed: string
}

/** A code, and what all that came with it was given for. */
export interface Purpose {
  code: string
  /** Null: the fund's general pot. */
  campaign: { slug: string; title: string } | null
  /** Where it went; null for the pot. */
  commune: string | null
}

/** What every paper of one code says. */
export interface PaperHead extends GiverHead, Purpose {
  /** Number of the office's own receipt, for what was handed in there. */
  officeNumber: string | null
}

/** One gift as its paper would name it, without the proof. */
export interface GivenView extends PaperHead {
  line: GiftLine
}

/** A receipt for one gift. */
export interface ReceiptView extends GivenView {
  line: ReceiptLine
  opening: Opening | null
  /** The file of what is printed (./printed). */
  printed: string
}

/** One gift of a year, with the code that it came with. */
export interface StatedLine extends GiftLine {
  code: string
}

/** All that came in a year with a code, or with several whose keys one giver holds. */
export interface YearStatement extends GiverHead {
  year: number
  /** Those that something came with in that year. */
  purposes: Purpose[]
  /** Oldest first. */
  lines: StatedLine[]
  /** Of money, and what of it went back since. */
  totalVnd: bigint
  returnedVnd: bigint
}

/** What is inside the PDF of a statement. */
export interface StatementProofs {
  lines: ReceiptLine[]
  /** One for each code that has one. */
  openings: Opening[]
  printed: string
}

/** A code that was gathered and is not on the statement: of another fund, of another giver or of one who is not known, with nothing in that year, or of too much. */
export interface ApartGift {
  code: string
  why: 'fund' | 'giver' | 'nameless' | 'year' | 'room'
}

/** The sentences that tell of a check, with what stands in braces to be filled in, and the name of each fund by its short one. */
export type TellTexts = (typeof checking)['told'] & { funds: Readonly<Record<string, string>> }

/** What came of a check, in words: for the page and, the very same, for the script in the browser. */
export interface Told {
  verdict: 'right' | 'wrong' | 'unknown'
  title: string
  text: string
  /** What the log says, entry by entry. */
  parts: { title: string; rows: [string, string][]; body: string | null }[]
}

/** An entry of the log as commands name it. */
export interface ExampleEntry {
  entry: number
  /** Path of the tile that has its hash, below the log's address. */
  tile: string
  /** Entries whose hashes the tile has. */
  first: number
  last: number
}

/** The log's name, and the keys by which its entries, its witnesses' words and the site's papers are checked, as they are written. */
export interface TrustTexts {
  origin: string
  logKeys: string[]
  /** Of those that were put away: entries of the last checkpoint that may have their word. */
  endedLogKeys: Readonly<Record<string, number>>
  witnessKeys: string[]
  sealKeys: string[]
}
