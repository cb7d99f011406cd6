import type { AreaClass, FormerUnit } from './model'

/** Code, name, district, area class by Decision 861/QĐ-TTg (2021), and today's unit with the wording of the merger. */
type Row = [code: string, name: string, district: string, areaClass: AreaClass | null, successors: [code: string, clause: string][]]

/** The fourteen communes the plan of Hà Nội names, with its "Tân Lĩnh" read as Tản Lĩnh and its first "Yên Bái" as Yên Bài. */
const HA_NOI: Row[] = [
  ['09697', 'Ba Trại', 'Huyện Ba Vì', null, [['09694', 'Xã Ba Trại']]],
  ['09703', 'Ba Vì', 'Huyện Ba Vì', null, [['09700', 'Xã Ba Vì']]],
  ['09712', 'Khánh Thượng', 'Huyện Ba Vì', null, [['09700', 'Xã Khánh Thượng']]],
  [
    '09700',
    'Minh Quang',
    'Huyện Ba Vì',
    null,
    [
      ['09700', 'Xã Minh Quang (phần còn lại sau khi sáp nhập vào xã Bất Bạt)'],
      ['09676', 'Xã Minh Quang'],
    ],
  ],
  ['09694', 'Tản Lĩnh', 'Huyện Ba Vì', null, [['09694', 'Xã Tản Lĩnh']]],
  ['09706', 'Vân Hòa', 'Huyện Ba Vì', null, [['09706', 'Xã Vân Hòa']]],
  ['09709', 'Yên Bài', 'Huyện Ba Vì', null, [['09706', 'Xã Yên Bài']]],
  ['10099', 'Trần Phú', 'Huyện Chương Mỹ', null, [['10081', 'Xã Trần Phú']]],
  ['10504', 'An Phú', 'Huyện Mỹ Đức', null, [['10441', 'Xã An Phú']]],
  ['04939', 'Đông Xuân', 'Huyện Quốc Oai', null, [['04930', 'Xã Đông Xuân (huyện Quốc Oai)']]],
  ['09940', 'Phú Mãn', 'Huyện Quốc Oai', null, [['09952', 'Xã Phú Mãn']]],
  [
    '04936',
    'Tiến Xuân',
    'Huyện Thạch Thất',
    null,
    [
      ['09988', 'Xã Tiến Xuân'],
      ['04930', 'Xã Tiến Xuân (phần còn lại sau khi sáp nhập vào xã Hòa Lạc)'],
    ],
  ],
  ['04930', 'Yên Bình', 'Huyện Thạch Thất', null, [['04930', 'Xã Yên Bình']]],
  ['04927', 'Yên Trung', 'Huyện Thạch Thất', null, [['04930', 'Xã Yên Trung']]],
]

/** The ethnic-minority and mountain communes of Ninh Thuận; the fifteen of class III are the plan's extremely difficult ones. */
const NINH_THUAN: Row[] = [
  ['22801', 'Phước Đại', 'Huyện Bác Ái', 'III', [['22801', 'Xã Phước Đại']]],
  ['22798', 'Phước Thành', 'Huyện Bác Ái', 'III', [['22801', 'Xã Phước Thành']]],
  ['22804', 'Phước Chính', 'Huyện Bác Ái', 'III', [['22795', 'Xã Phước Chính']]],
  ['22807', 'Phước Trung', 'Huyện Bác Ái', 'III', [['22822', 'Xã Phước Trung']]],
  ['22789', 'Phước Tân', 'Huyện Bác Ái', 'III', [['22786', 'Xã Phước Tân']]],
  ['22792', 'Phước Tiến', 'Huyện Bác Ái', 'III', [['22795', 'Xã Phước Tiến']]],
  ['22795', 'Phước Thắng', 'Huyện Bác Ái', 'III', [['22795', 'Xã Phước Thắng']]],
  ['22786', 'Phước Hòa', 'Huyện Bác Ái', 'III', [['22786', 'Xã Phước Hòa']]],
  ['22783', 'Phước Bình', 'Huyện Bác Ái', 'III', [['22786', 'Xã Phước Bình']]],
  ['22822', 'Mỹ Sơn', 'Huyện Ninh Sơn', 'III', [['22822', 'Xã Mỹ Sơn']]],
  ['22828', 'Ma Nới', 'Huyện Ninh Sơn', 'III', [['22828', 'Xã Ma Nới']]],
  ['22885', 'Phước Hà', 'Huyện Thuận Nam', 'III', [['22900', 'Xã Phước Hà']]],
  ['22853', 'Bắc Sơn', 'Huyện Thuận Bắc', 'III', [['22852', 'Xã Bắc Sơn']]],
  ['22837', 'Phước Chiến', 'Huyện Thuận Bắc', 'III', [['22840', 'Xã Phước Chiến']]],
  ['22843', 'Phước Kháng', 'Huyện Thuận Bắc', 'III', [['22849', 'Xã Phước Kháng']]],
  ['22849', 'Lợi Hải', 'Huyện Thuận Bắc', 'II', [['22849', 'Xã Lợi Hải']]],
  ['22813', 'Lâm Sơn', 'Huyện Ninh Sơn', 'I', [['22813', 'Xã Lâm Sơn']]],
  ['22816', 'Lương Sơn', 'Huyện Ninh Sơn', 'I', [['22813', 'Xã Lương Sơn']]],
  ['22831', 'Nhơn Sơn', 'Huyện Ninh Sơn', 'I', [['22738', 'Xã Nhơn Sơn']]],
  ['22858', 'Xuân Hải', 'Huyện Ninh Hải', 'I', [['22861', 'Xã Xuân Hải']]],
  ['22898', 'Phước Ninh', 'Huyện Thuận Nam', 'I', [['22897', 'Xã Phước Ninh']]],
  ['22897', 'Phước Nam', 'Huyện Thuận Nam', 'I', [['22897', 'Xã Phước Nam']]],
  ['22876', 'Phước Thái', 'Huyện Ninh Phước', 'I', [['22891', 'Xã Phước Thái']]],
  ['22894', 'Phước Hải', 'Huyện Ninh Phước', 'I', [['22870', 'Xã Phước Hải']]],
  ['22879', 'Phước Hậu', 'Huyện Ninh Phước', 'I', [['22873', 'Xã Phước Hậu']]],
  ['22891', 'Phước Hữu', 'Huyện Ninh Phước', 'I', [['22891', 'Xã Phước Hữu']]],
  ['22870', 'Phước Dân', 'Huyện Ninh Phước', 'I', [['22870', 'Thị trấn Phước Dân']]],
  ['22840', 'Công Hải', 'Huyện Thuận Bắc', 'I', [['22840', 'Xã Công Hải']]],
]

/** Named by the plan of Hà Nội as those to be helped first (its area II). */
const HA_NOI_FIRST = new Set(['Ba Vì', 'Khánh Thượng', 'Yên Bài', 'An Phú'])

const unit = (
  fundSlug: string,
  provinceCode: string,
  [code, name, districtVi, areaClass, successors]: Row,
  isPriority: boolean,
): FormerUnit => ({
  fundSlug,
  provinceCode,
  code,
  nameVi: name,
  districtVi,
  level: successors.some(([, clause]) => clause.startsWith('Thị trấn')) ? 'township' : 'commune',
  areaClass,
  isPriority,
  successors: successors.map(([successorCode, clauseVi]) => ({ code: successorCode, clauseVi })),
})

/** The units the two plans speak of, as they stood until 30 June 2025. */
export const FORMER_UNITS: FormerUnit[] = [
  ...HA_NOI.map((row) => unit('ha-noi', '01', row, HA_NOI_FIRST.has(row[1]))),
  ...NINH_THUAN.map((row) => unit('ninh-thuan', '58', row, row[3] === 'III')),
]
