/** Addresses of the console that are read. A name stands before a pattern of as many parts. */
export const CONSOLE_PAGES = [
  '/quan-tri',
  '/quan-tri/dang-nhap',
  '/quan-tri/da-gui-thu',
  '/quan-tri/thu-mau',
  '/quan-tri/xac-thuc',
  '/quan-tri/xac-thuc/moi',
  '/quan-tri/toi',
  '/quan-tri/nen-tang',
  '/quan-tri/vao/[link]',
  '/quan-tri/[fund]',
  '/quan-tri/[fund]/tim',
  '/quan-tri/[fund]/nguoi',
  '/quan-tri/[fund]/nhat-ky',
  '/quan-tri/[fund]/tai-khoan',
  '/quan-tri/[fund]/cai-dat',
] as const

/** Addresses of the console that take what is posted. */
export const CONSOLE_FORMS = [
  '/quan-tri/dang-nhap/gui',
  '/quan-tri/dang-nhap/mau',
  '/quan-tri/vao/[link]/dang-nhap',
  '/quan-tri/xac-thuc/gui',
  '/quan-tri/xac-thuc/moi/gui',
  '/quan-tri/toi/ra',
  '/quan-tri/[fund]/nguoi/chi-dinh',
  '/quan-tri/[fund]/nguoi/doi',
  '/quan-tri/[fund]/tai-khoan/de-nghi',
  '/quan-tri/[fund]/tai-khoan/duyet',
  '/quan-tri/[fund]/cai-dat/luu',
] as const
