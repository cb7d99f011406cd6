import type { Words } from '../plans/model'
import type { SampleCategory } from './model'

/** What a budget is made from. */
export interface Size {
  children: number
  /** School sites. */
  sites: number
}

export type Item = [vi: string, en: string, unitVi: string, unitEn: string, priceVnd: number, quantity: number, standard?: Words]

const share = (children: number, percent: number): number => Math.max(1, Math.round((children * percent) / 100))

/** What each kind of help is made of, at the prices of 2026. The first item is what the category counts. */
export const PRICE_LIST: Record<SampleCategory, (size: Size) => { items: Item[]; quantity: number }> = {
  'bua-an': ({ children, sites }) => {
    const small = share(children, 58)
    return {
      quantity: children * 100,
      items: [
        ['Bữa trưa, trẻ mầm non, 100 ngày học', 'Lunch, pre-school, 100 school days', 'bữa', 'meals', 17_000, small * 100],
        [
          'Bữa trưa, trẻ tiểu học, 100 ngày học',
          'Lunch, primary school, 100 school days',
          'bữa',
          'meals',
          19_000,
          (children - small) * 100,
        ],
        [
          'Bộ khay và thìa inox',
          'Steel tray and spoon',
          'bộ',
          'sets',
          48_000,
          children,
          { vi: 'thép không gỉ 304, dùng cho thực phẩm', en: 'food-grade stainless steel 304' },
        ],
        [
          'Nồi cơm và tủ lưu mẫu cho điểm trường',
          'Rice cooker and sample fridge',
          'bộ',
          'sets',
          6_400_000,
          sites,
          { vi: 'bảo hành 24 tháng', en: '24 months of warranty' },
        ],
      ],
    }
  },
  'ao-am': ({ children }) => {
    const small = share(children, 45)
    return {
      quantity: children,
      items: [
        [
          'Áo khoác lót bông, trẻ mầm non',
          'Padded coat, pre-school',
          'áo',
          'coats',
          185_000,
          small,
          { vi: 'cỡ 3 đến 5 tuổi, QCVN 01:2017/BCT', en: 'sizes 3 to 5 years, QCVN 01:2017/BCT' },
        ],
        [
          'Áo khoác lót bông, trẻ tiểu học',
          'Padded coat, primary school',
          'áo',
          'coats',
          215_000,
          children - small,
          { vi: 'cỡ 6 đến 10 tuổi, QCVN 01:2017/BCT', en: 'sizes 6 to 10 years, QCVN 01:2017/BCT' },
        ],
        [
          'Bộ mũ len và tất',
          'Woollen hat and socks',
          'bộ',
          'sets',
          65_000,
          children,
          { vi: 'mỗi em một bộ', en: 'one set for each child' },
        ],
      ],
    }
  },
  'suc-khoe': ({ children, sites }) => ({
    quantity: children,
    items: [
      ['Khám tổng quát và tẩy giun', 'General check and deworming', 'lượt', 'checks', 95_000, children],
      ['Khám răng và mắt', 'Teeth and eye check', 'lượt', 'checks', 60_000, children],
      [
        'Kính thuốc',
        'Glasses',
        'chiếc',
        'pairs',
        280_000,
        share(children, 9),
        { vi: 'cắt theo đơn của bác sĩ mắt', en: 'made to an eye doctor’s prescription' },
      ],
      [
        'Cân và thước đo trẻ em',
        'Scale and measuring board for children',
        'bộ',
        'sets',
        3_600_000,
        sites,
        { vi: 'có giấy hiệu chuẩn', en: 'with calibration papers' },
      ],
      [
        'Máy xông khí dung cho trạm y tế',
        'Nebuliser for the health station',
        'máy',
        'devices',
        1_450_000,
        2,
        { vi: 'bảo hành 24 tháng', en: '24 months of warranty' },
      ],
    ],
  }),
  'hoc-bong': ({ children }) => {
    const small = share(children, 40)
    return {
      quantity: children * 2,
      items: [
        ['Học bổng một học kỳ, tiểu học', 'Scholarship for a term, primary school', 'suất', 'scholarships', 1_200_000, small * 2],
        [
          'Học bổng một học kỳ, trung học cơ sở',
          'Scholarship for a term, lower secondary',
          'suất',
          'scholarships',
          1_500_000,
          (children - small) * 2,
        ],
      ],
    }
  },
  'sach-vo': ({ children }) => ({
    quantity: children,
    items: [
      ['Bộ sách giáo khoa và sách bài tập', 'Set of textbooks and workbooks', 'bộ', 'sets', 265_000, children],
      [
        'Vở, bút và đồ dùng',
        'Notebooks, pens and supplies',
        'bộ',
        'sets',
        125_000,
        children,
        { vi: 'hàng mới, có nguồn gốc', en: 'new, of known origin' },
      ],
      [
        'Ba lô',
        'School bag',
        'chiếc',
        'bags',
        135_000,
        share(children, 70),
        { vi: 'dưới 800 g, không in chữ', en: 'under 800 g, nothing printed' },
      ],
      ['Quần áo đi học', 'School clothes', 'bộ', 'sets', 190_000, share(children, 60), { vi: 'QCVN 01:2017/BCT', en: 'QCVN 01:2017/BCT' }],
    ],
  }),
  'thiet-bi': ({ sites }) => ({
    quantity: sites,
    items: [
      ['Bảng từ chống lóa', 'Anti-glare magnetic board', 'chiếc', 'boards', 2_150_000, sites * 2],
      ['Tủ sách lớp học kèm 80 đầu sách', 'Class book cupboard with 80 titles', 'tủ', 'cupboards', 5_900_000, sites],
      ['Bộ thí nghiệm khoa học tiểu học', 'Primary science kit', 'bộ', 'kits', 4_350_000, sites],
      [
        'Máy chiếu gần và màn',
        'Short-throw projector and screen',
        'bộ',
        'sets',
        13_800_000,
        share(sites, 50),
        { vi: 'bảo hành 24 tháng', en: '24 months of warranty' },
      ],
    ],
  }),
  'san-choi': () => ({
    quantity: 1,
    items: [
      ['Khung leo dây nhiều tầng', 'Climbing net', 'bộ', 'frames', 46_500_000, 1],
      ['Xích đu đôi', 'Double swing', 'bộ', 'swings', 17_800_000, 2],
      ['Cầu trượt', 'Slide', 'bộ', 'slides', 26_400_000, 1],
      [
        'Nền cao su an toàn',
        'Rubber safety surface',
        'm²',
        'm²',
        420_000,
        72,
        { vi: 'dày 4 cm, TCVN 12721', en: '4 cm thick, TCVN 12721' },
      ],
      [
        'Móng, vận chuyển và lắp đặt',
        'Foundations, transport and installation',
        'gói',
        'lots',
        14_500_000,
        1,
        { vi: 'nghiệm thu có đại diện phụ huynh', en: 'accepted together with parents' },
      ],
    ],
  }),
  'van-hoa': ({ sites }) => ({
    quantity: sites * 32,
    items: [
      [
        'Thù lao người hướng dẫn',
        'Fee of an instructor',
        'buổi',
        'sessions',
        350_000,
        sites * 32,
        { vi: 'có bảng điểm danh', en: 'against an attendance list' },
      ],
      [
        'Nhạc cụ cho một lớp',
        'Instruments for a class',
        'bộ',
        'sets',
        7_200_000,
        sites,
        { vi: 'làm tại địa phương, hợp tầm tay trẻ em', en: 'made locally, in a child’s size' },
      ],
      ['Bóng, lưới và áo tập', 'Balls, nets and bibs', 'bộ', 'sets', 3_450_000, sites],
    ],
  }),
  'ky-nang': ({ children, sites }) => ({
    quantity: sites * 6,
    items: [
      ['Buổi tập huấn', 'Training session', 'buổi', 'sessions', 1_650_000, sites * 6],
      [
        'Khóa bơi an toàn 15 buổi',
        'Safe-swimming course of 15 lessons',
        'suất',
        'places',
        480_000,
        share(children, 60),
        { vi: 'bể lắp ghép, mỗi lớp không quá 15 em', en: 'mobile pool, at most 15 in a class' },
      ],
      ['Tài liệu tranh cho trẻ em và cha mẹ', 'Picture material for children and parents', 'bộ', 'sets', 28_000, children],
    ],
  }),
  'hoc-nghe': ({ children }) => ({
    quantity: children,
    items: [
      ['Học phí khóa ba tháng', 'Fee of a three-month course', 'suất', 'places', 2_450_000, children],
      [
        'Bộ dụng cụ nghề',
        'Set of tools',
        'bộ',
        'sets',
        780_000,
        children,
        { vi: 'học viên giữ lại sau khóa học', en: 'kept by the trainee' },
      ],
      [
        'Tiền ăn và đi lại',
        'Food and travel',
        'tháng',
        'months',
        650_000,
        children * 3,
        { vi: 'theo bảng chuyên cần', en: 'by attendance' },
      ],
    ],
  }),
  'phap-ly': ({ children, sites }) => ({
    quantity: sites * 4,
    items: [
      ['Buổi nói chuyện và tiếp riêng', 'Day of talks and private advice', 'buổi', 'days', 2_200_000, sites * 4],
      ['Sổ tay pháp luật bằng tranh', 'Illustrated law booklet', 'cuốn', 'booklets', 24_000, children],
      [
        'Đi lại, sao lục giấy tờ hộ tịch',
        'Travel and copies of civil status papers',
        'hồ sơ',
        'files',
        320_000,
        share(children, 12),
        { vi: 'theo hóa đơn, biên lai thật', en: 'by receipts' },
      ],
    ],
  }),
}
