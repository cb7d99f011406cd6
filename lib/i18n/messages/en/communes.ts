export const communes = {}
