/** A public reason, in both languages. */
export interface PublicReason {
  reasonVi: string
  reasonEn: string
}

/** Whether a reason says something in each language. */
export const isSaid = ({ reasonVi, reasonEn }: PublicReason): boolean => reasonVi.trim() !== '' && reasonEn.trim() !== ''

export const trimmed = ({ reasonVi, reasonEn }: PublicReason): PublicReason => ({ reasonVi: reasonVi.trim(), reasonEn: reasonEn.trim() })
