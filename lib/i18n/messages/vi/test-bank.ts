export const testBank = {}
