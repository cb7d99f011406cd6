import type { GoodsRefusalReason, Nature } from '../goods/model'
import type { SampleCategory } from './model'

/** Some of a campaign's budget, given in kind. */
export interface ListedGoods {
  unitCode: string
  category: SampleCategory
  /** Tells campaigns of the same commune and category apart: that of this many days ago. */
  opensDaysAgo: number
  /** Null for a person, whose name chance finds. */
  giver: string | null
  nature: Nature
  /** Position in the budget, and percent of what the line asks for. */
  items: [position: number, percent: number][]
  /** Days after the campaign opened. */
  promisedAfter: number
  /** Days after the promise, and percent of it that then comes. */
  comes: [after: number, percent: number][]
  isUsed?: true
  note: string | null
  end?: { after: number; how: 'cancelled' | GoodsRefusalReason }
}

const given = (
  [unitCode, category, opensDaysAgo]: [string, SampleCategory, number],
  giver: string | null,
  nature: Nature,
  items: ListedGoods['items'],
  promisedAfter: number,
  comes: ListedGoods['comes'],
  more: Partial<Pick<ListedGoods, 'isUsed' | 'note' | 'end'>> = {},
): ListedGoods => ({ unitCode, category, opensDaysAgo, giver, nature, items, promisedAfter, comes, note: null, ...more })

const COMPANY_LORRY = 'Chở bằng xe của công ty, giao được các sáng thứ bảy.'

/** Invented givers; no hospital, office or company of such a name is known to us. Whole, in parts, late, refused, cancelled, and still to come. */
export const GOODS_LIST: ListedGoods[] = [
  given(
    ['09700', 'ao-am', 360],
    'Công ty Cổ phần May Suối Cạn',
    'goods',
    [
      [0, 22],
      [2, 12],
    ],
    3,
    [[9, 100]],
    { note: COMPANY_LORRY },
  ),
  given(['22786', 'bua-an', 340], 'Công ty TNHH Gốm Bến Lở', 'goods', [[2, 60]], 6, [
    [8, 50],
    [17, 50],
  ]),
  given(['22852', 'phap-ly', 280], 'Văn phòng luật sư Hiên Nắng Mẫu', 'service', [[0, 50]], 5, [[15, 100]]),
  given(['22849', 'suc-khoe', 255], 'Bệnh viện Răng Hàm Mặt Sông Khuya Mẫu', 'service', [[1, 40]], 4, [
    [14, 55],
    [21, 45],
  ]),
  given(['04930', 'sach-vo', 205], 'Công ty TNHH Giấy vở Tre Ngà Mẫu', 'goods', [[1, 35]], 7, [[10, 94]], { note: COMPANY_LORRY }),
  given(['22801', 'thiet-bi', 140], 'Quỹ cộng đồng Đồi Sim', 'goods', [[1, 50]], 12, [[18, 100]]),
  given(['22828', 'sach-vo', 118], null, 'goods', [[3, 8]], 9, [], { isUsed: true, end: { after: 4, how: 'below_standard' } }),
  given(['22828', 'sach-vo', 118], 'Hợp tác xã Dệt Mường Cao Mẫu', 'goods', [[3, 30]], 11, [[13, 100]]),
  given(['09952', 'van-hoa', 61], 'Câu lạc bộ Chạy bộ Sáng Thứ Bảy Mẫu', 'goods', [[2, 50]], 8, [[7, 100]], { isUsed: true }),
  given(['22822', 'suc-khoe', 46], 'Nhà thuốc Cây Sấu Mẫu', 'goods', [[4, 50]], 5, [[11, 100]]),
  given(['22900', 'sach-vo', 90], 'Công ty Cổ phần Vận tải Đèo Gió Mẫu', 'goods', [[2, 40]], 10, [[12, 65]]),
  given(['22849', 'ky-nang', 66], 'Câu lạc bộ Bơi Bến Nứa Mẫu', 'service', [[1, 20]], 6, []),
  given(['22795', 'bua-an', 47], 'Công ty TNHH Bánh kẹo Trăng Non Mẫu', 'goods', [[2, 30]], 5, [], { end: { after: 3, how: 'cancelled' } }),
  given(
    ['09700', 'ao-am', 38],
    'Công ty Cổ phần May Suối Cạn',
    'goods',
    [
      [0, 30],
      [1, 20],
    ],
    4,
    [
      [13, 60],
      [26, 40],
    ],
    { note: COMPANY_LORRY },
  ),
  given(['09700', 'ao-am', 38], null, 'goods', [[2, 3]], 31, []),
  given(['09706', 'suc-khoe', 33], 'Bệnh viện Răng Hàm Mặt Sông Khuya Mẫu', 'service', [[1, 60]], 9, [[15, 50]], {
    note: 'Đoàn 12 người, làm được hai ngày liền; cần một phòng có điện.',
  }),
  given(['22852', 'phap-ly', 24], 'Văn phòng luật sư Hiên Nắng Mẫu', 'service', [[0, 25]], 15, []),
  given(['22822', 'ao-am', 9], null, 'goods', [[0, 4]], 4, []),
]
