/** Names and wishes of invented donors. Family and given names are common ones, put together by chance. */

/** Family names with how common they are. */
export const FAMILY: [string, number][] = [
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
export const WOMEN = {
  middle: ['Thị Thu', 'Thị', 'Thị Minh', 'Thị Bích', 'Thị Hồng', 'Ngọc', 'Diệu', 'Khánh', 'Bảo', 'Thị Thanh', 'Thùy', 'Hải', 'Thị Mai'],
  given: [
    'Hạnh',
    'Huệ',
    'Lụa',
    'Nhàn',
    'Thoa',
    'Thơ',
    'Thục',
    'Tuyến',
    'Uyên',
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
export const MEN = {
  middle: ['Văn', 'Đình', 'Công', 'Hữu', 'Đức', 'Quốc', 'Minh', 'Xuân', 'Ngọc', 'Thế', 'Duy'],
  given: [
    'Chiến',
    'Điền',
    'Hào',
    'Hiển',
    'Hoan',
    'Khôi',
    'Lập',
    'Luận',
    'Nhân',
    'Phát',
    'Sáng',
    'Tấn',
    'Toản',
    'Thoại',
    'Huấn',
    'Lân',
    'Hoài',
    'Vĩ',
  ],
}
export const CALLS = ['bác', 'chú', 'cô', 'ông', 'bà', 'anh', 'chị']
export const ABROAD = [
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
export const DOUBTFUL = [
  'Tiệm bánh Góc Phố Nhỏ',
  'shop-ao-am.example',
  'Hội bạn facebook 3T',
  'Quán cà phê Hiên Nhà',
  'Liên hệ 0900 000 000',
  'Team Chạy Vì Em',
  'K45 Toán Tin',
]

export const WISHES = [
  'Chúc các em luôn vui khỏe',
  'Chúc các con chăm ngoan, lớn khôn',
  'Mong các em luôn được đi học',
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
export const WISHES_EN = [
  'Stay warm and happy',
  'Good luck with your new school year',
  'With love from our family',
  'Happy to help',
  'Bright wishes to you all',
  'For lunch together with friends',
]
export const DOUBTFUL_WISHES = [
  'Mời xem trang tu-thien.example',
  'Nhắn tin 0900 000 000 để góp áo cũ',
  'Đề nghị công khai hóa đơn lô hàng',
  'Lớp tôi có 42 bạn, mỗi bạn góp 20k',
]

export const GIFT_WISHES = new Map<string, string[]>([
  ['bua-an', ['Chúc các em bữa cơm ngon', 'Tặng bạn nhỏ bữa cơm ấm lòng']],
  ['ao-am', ['Mong các em mùa đông ấm áp', 'Một chút ấm áp cho các em vùng cao']],
  ['sach-vo', ['Chúc các em chăm học', 'Sách vở mới, niềm vui mới']],
  ['hoc-bong', ['Cố gắng lên các em nhé', 'Chúc các em vững bước đến trường']],
])
