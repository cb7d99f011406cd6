export const funds = {}
