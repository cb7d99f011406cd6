/** The console's room of logos. */
export const logos = {
  title: 'Logos',
  lead: 'A logo stands beside the name of its organisation on the page of thanks, once a second person released it, and as long as the name is shown.',
  none: 'There is no logo yet.',
  nameless: 'An organisation that is not named now',
  alt: 'Logo of {name}',
  noOrganisations: 'The fund thanks no organisation by name yet.',
  add: 'Add a logo',
  organisation: 'Organisation',
  organisationHint: 'Organisations that the fund thanks by name now.',
  file: 'Logo',
  fileHint:
    'JPEG, PNG or WebP, at least 48 pixels on its shorter side. The server makes it small, on white, and drops everything its file says besides.',
  go: 'Send the logo',
  done: {
    added: 'The logo is here. A director looks at it before it is public.',
    released: 'Released. The one before it, if any, is withdrawn.',
    withdrawn: 'Withdrawn and deleted.',
  },
}
