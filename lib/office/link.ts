import { createHmac } from 'node:crypto'

/**
 * The secret of the private link that is printed on a receipt, 128 bits in base64url. It is made anew of the server's own
 * secret and the receipt's random key, so that a receipt can be printed again although only its hash is stored.
 * @param serverSecret what seals the staff's sessions
 */
export const linkSecretOf = (serverSecret: string, formKey: string): string =>
  createHmac('sha256', serverSecret).update(`tung-dong/office-link/v1\0${formKey}`).digest().subarray(0, 16).toString('base64url')
