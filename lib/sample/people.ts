import { CATEGORIES } from '../plans/categories'
import type { Chance } from './chance'
import type { SampleCategory } from './model'

/** Who gives, as the gift form asks. `name` is empty for those who want no name. */
export interface Donor {
  kind: 'person' | 'company'
  name: string
  isNamed: boolean
  taxCode: string | null
  email: string | null
  locale: 'vi' | 'en'
  /** As banks write it. */
  bankName: string
}

const FAMILY: [string, number][] = [
  ['Nguyễn', 30],
  ['Trần', 12],
  ['Lê', 10],
  ['Phạm', 8],
  ['Hoàng', 5],
  ['Vũ', 4],
  ['Võ', 3],
  ['Phan', 4],
  ['Đặng', 4],
  ['Bùi', 4],
  ['Đỗ', 4],
  ['Hồ', 2],
  ['Ngô', 3],
  ['Dương', 2],
  ['Đinh', 2],
  ['Đoàn', 2],
  ['Lương', 1],
  ['Trịnh', 1],
  ['Mai', 1],
  ['Chu', 1],
]
const WOMEN = {
  middle: ['Thị Thu', 'Thị', 'Thị Minh', 'Thị Bích', 'Thị Hồng', 'Ngọc', 'Diệu', 'Khánh', 'Bảo', 'Thị Thanh', 'Thùy', 'Hải', 'Thị Mai'],
  given: [
    'Hạnh',
    'Hằng',
    'Huệ',
    'Lụa',
    'Nhàn',
    'Oanh',
    'Thoa',
    'Thơ',
    'Thục',
    'Tuyến',
    'Uyên',
    'Vân',
    'Xuyến',
    'Yến',
    'Nhung',
    'Ngà',
    'Liễu',
    'Diễm',
    'Duyên',
    'Gấm',
  ],
}
const MEN = {
  middle: ['Văn', 'Đình', 'Công', 'Hữu', 'Đức', 'Quốc', 'Minh', 'Xuân', 'Trọng', 'Thế', 'Khắc', 'Duy'],
  given: [
    'Chiến',
    'Chính',
    'Đạt',
    'Điền',
    'Hào',
    'Hiển',
    'Hoan',
    'Khải',
    'Khôi',
    'Kiệt',
    'Lập',
    'Luận',
    'Nghĩa',
    'Nhân',
    'Phát',
    'Quyền',
    'Sáng',
    'Tấn',
    'Thuận',
    'Toản',
    'Vịnh',
  ],
}
const CALLS = ['bác', 'chú', 'cô', 'ông', 'bà', 'anh', 'chị']
const ABROAD = [
  'Emma Dubois',
  'Kenji Watanabe',
  'Sarah Miller',
  'Lukas Schmidt',
  'Hana Kim',
  'Olivia Taylor',
  'Marc Bernard',
  'Yuki Sato',
  'Daniel Green',
  'Sophie Martin',
]

/** Invented organisations; no company of such a name is known to us. */
export const ORGANISATIONS = [
  'Công ty Cổ phần May Suối Cạn',
  'Công ty TNHH Gốm Bến Lở',
  'Hợp tác xã Dệt Mường Cao Mẫu',
  'Công ty TNHH Bánh kẹo Trăng Non Mẫu',
  'Quỹ cộng đồng Đồi Sim',
  'Công ty Cổ phần Vận tải Đèo Gió Mẫu',
  'Công ty TNHH Giấy vở Tre Ngà Mẫu',
  'Nhà thuốc Cây Sấu Mẫu',
  'Công ty Cổ phần Phần mềm Lá Khoai',
  'Công ty TNHH Xây dựng Cầu Mây Mẫu',
  'Công ty Cổ phần Nước mắm Bãi Vắng',
  'Công ty TNHH Nông sản Nắng Hanh',
  'Câu lạc bộ Chạy bộ Sáng Thứ Bảy Mẫu',
  'Công ty Cổ phần Năng lượng Cối Gió Mẫu',
  'Hợp tác xã Chè Sương Muộn',
  'Công ty TNHH Du lịch Đường Mòn Mẫu',
] as const

/** Names that plainly wait for staff: slogans, links, numbers, organisations given as a person's name. */
const DOUBTFUL = [
  'Tiệm bánh Góc Phố Nhỏ',
  'shop-ao-am.example',
  'Hội bạn facebook 3T',
  'Quán cà phê Hiên Nhà',
  'Liên hệ 0900 000 000',
  'Team Chạy Vì Em',
  'K45 Toán Tin',
]

const WISHES = [
  'Chúc các em luôn vui khỏe',
  'Chúc các con ăn ngon, ngủ ngon, lớn khôn',
  'Mong các em được đến trường đều',
  'Gia đình gửi chút ấm áp mùa đông',
  'Chung tay cùng quỹ',
  'Chúc các bạn nhỏ năm học mới nhiều niềm vui',
  'Chút lòng thành của tổ chúng tôi',
  'Cảm ơn thầy cô và quỹ',
  'Mừng sinh nhật mẹ, cả nhà góp cho các em',
  'Lá lành đùm lá rách',
  'Mong các em luôn ấm lòng',
  'Các cháu cố gắng học giỏi nhé',
  'Ông bà gửi tặng các cháu vùng cao',
  'Chúc các em bình an, may mắn',
  'Ước mơ nào cũng được chắp cánh',
  'Em bé nhà mình vừa tròn một tuổi, xin gửi tặng các bạn nhỏ',
  'Hồi hướng công đức cho ông bà',
]
const WISHES_EN = [
  'Stay warm and happy',
  'Good luck with your new school year',
  'With love from our family',
  'Happy to help',
  'Wish you bright days',
  'For lunch together with friends',
]
const DOUBTFUL_WISHES = [
  'Mời xem trang tu-thien.example',
  'Nhắn tin 0900 000 000 để góp áo cũ',
  'Đề nghị công khai hóa đơn lô hàng',
  'Lớp tôi có 42 bạn, mỗi bạn góp 20k',
]

const GIFT_WISHES = new Map<string, string[]>([
  ['bua-an', ['Chúc các em bữa cơm ngon', 'Một tháng cơm trưa cho một bạn nhỏ']],
  ['ao-am', ['Mong mùa đông này các em ấm áp', 'Một chút ấm áp cho các em vùng cao']],
  ['sach-vo', ['Chúc các em chăm học', 'Sách vở mới, niềm vui mới']],
  ['hoc-bong', ['Cố gắng lên các em nhé', 'Chúc các em vững bước đến trường']],
])

const bankLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'D')
    .toUpperCase()
    .replace(/[^A-Z0-9 ]/g, '')

function personName(luck: Chance): string {
  const { middle, given } = luck.is(0.58) ? WOMEN : MEN
  return `${luck.weighted(FAMILY)} ${luck.pick(middle)} ${luck.pick(given)}`
}

function shownName(own: string, luck: Chance): string {
  const given = own.split(' ').at(-1) ?? own
  return luck.weighted<() => string>([
    [() => own, 62],
    [() => `Gia đình ${luck.pick(CALLS)} ${given}`, 14],
    [() => `Lớp ${luck.int(6, 12)}${luck.pick(['A', 'B', 'C'])} cũ`, 4],
    [() => `Nhóm bạn của ${given}`, 4],
    [() => `Cô giáo ${given}`, 3],
    [() => `Ông bà và các cháu nhà ${given}`, 3],
    [() => `Tổ dân phố ${luck.int(1, 24)}`, 2],
    [() => luck.pick(DOUBTFUL), 3],
    [() => luck.pick(ABROAD), 5],
  ])()
}

/** Tax codes begin with the code of a tax authority; 99 belongs to none, so these are nobody's. */
function taxCode(luck: Chance): string {
  for (;;) {
    const body = `99${luck.digits(7)}`
    const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce((total, weight, index) => total + weight * Number(body[index]), 0)
    if (sum % 11 !== 0) return `${body}${10 - (sum % 11)}`
  }
}

/** A person: rather more than half want no name. */
export function person(luck: Chance): Donor {
  const own = personName(luck)
  const isNamed = luck.is(0.46)
  const name = isNamed ? shownName(own, luck) : luck.is(0.2) ? own : ''
  const isAbroad = ABROAD.includes(name)
  return {
    kind: 'person',
    name,
    isNamed,
    taxCode: null,
    email: luck.is(0.3) ? `nguoi.ung.ho.${luck.int(1, 9999)}@example.com` : null,
    locale: isAbroad || luck.is(0.03) ? 'en' : 'vi',
    bankName: bankLetters(own),
  }
}

/** A company or another organisation. */
export function organisation(luck: Chance): Donor {
  const name = luck.pick(ORGANISATIONS)
  return {
    kind: 'company',
    name,
    isNamed: luck.is(0.8),
    taxCode: luck.is(0.6) ? taxCode(luck) : null,
    email: luck.is(0.7) ? `ke.toan.${luck.int(1, 99)}@example.com` : null,
    locale: 'vi',
    bankName: bankLetters(name),
  }
}

/** A message, or none: about one gift in six has one. */
export function message(category: SampleCategory, locale: 'vi' | 'en', luck: Chance): string {
  if (!luck.is(0.17)) return ''
  if (locale === 'en') return luck.pick(WISHES_EN)
  if (luck.is(0.05)) return luck.pick(DOUBTFUL_WISHES)
  return luck.pick([...WISHES, ...(GIFT_WISHES.get(category) ?? [])])
}

/** What people type who know no code. */
export function looseMemo(luck: Chance): string {
  const category = luck.pick(CATEGORIES)
  return luck.pick([
    'ung ho tre em',
    'ung ho cac chau vung cao',
    `ung ho ${bankLetters(category.name.vi).toLowerCase()}`,
    'chuyen tien',
    'gia dinh ung ho',
    'tu thien',
    '351',
  ])
}
