import type { evidence as vi } from '../vi/evidence'

export const evidence: typeof vi = {
  photos: 'Photos',
  noPhotos:
    'No photo of this delivery yet. Photos are shown only with written consent of the place, once a second person has looked at them.',
  withdrawnPhotos: 'Photos of this delivery were taken down and deleted, because the consent no longer stands.',
  photosNote:
    'Photos show no face of a child, carry nothing that the camera wrote beside them, and are taken down as soon as the place withdraws its consent.',
  papers: 'Papers',
  due: 'No paper can be shown yet. Due by {day}.',
  overdue: 'Overdue: papers should have been here by {day}, and are not.',
  noneOfCampaign: 'No invoice or handover paper of this campaign yet.',
  noneOfSpend: 'No invoice or handover paper of this spend yet.',
  paper: 'Paper',
  kinds: {
    handover: 'Minutes of handing over',
    invoice: 'Invoice',
    receipt: 'Receipt',
    quotation: 'Quotation',
    goods_note: 'Goods received note',
    certificate: 'Certificate of quality',
  },
  dated: 'dated {day}',
  ofSpend: 'of the spend “{spend}”',
  delivery: 'delivery of {day}',
  state: 'Where it stands',
  file: 'JPEG picture, {size} kB',
  open: 'See {kind} {day}',
  waiting: 'waits for a second person to look at it',
  released: 'released by {office} on {day}',
  offices: { director: 'the director of the fund', accountant: 'the accountant of the fund', officer: 'an officer of the fund' },
  withdrawn: 'taken down on {day}: {reason}',
  note: 'What is shown is a copy with names, signatures and contacts covered, covered by one person and released by another. Its SHA-256 is in the public log; the fund keeps the original, of which the log has only a salted hash.',
}
