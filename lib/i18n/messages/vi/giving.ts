export const giving = {}
