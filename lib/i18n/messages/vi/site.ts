export const site = {
  name: 'Từng Đồng',
  line: 'Từng đồng đến tay em',
  description:
    'Xem trẻ em các xã miền núi cần gì, ủng hộ bằng chuyển khoản, và theo dõi từng đồng của bạn từ lúc Quỹ Bảo trợ trẻ em nhận được.',
  skip: 'Đến nội dung chính',
  otherLanguage: 'English',
  crumbs: 'Đường dẫn',
  nav: {
    label: 'Chính',
    campaigns: 'Chiến dịch',
    communes: 'Xã',
    needs: 'Nhu cầu',
    lines: 'Sao kê',
    thanks: 'Ghi nhận',
    lookup: 'Tra cứu',
  },
  sample: {
    label: 'Dữ liệu mẫu',
    text: '<b>Dữ liệu mẫu.</b> Chiến dịch, khoản ủng hộ và số tài khoản ở đây được đặt ra để dùng thử. Đừng chuyển tiền thật.',
  },
  footer: {
    plan: 'Kế hoạch {number}, giai đoạn {years}.',
    planUnnumbered: 'Kế hoạch giai đoạn {years}.',
    fund: 'Ai phụ trách, tài khoản nào nhận',
    check: 'Tự kiểm tra',
    checkText:
      'Mỗi khoản ủng hộ có một mã công khai. <a>Tra mã để thấy tiền đã đến chưa, đến lúc nào và nằm ở đâu</a>. Mọi dòng vào và ra của từng tài khoản nằm trong <b>sao kê</b>.',
    checkProof: 'Kiểm một biên nhận, không cần tin trang này',
    sources: 'Nguồn bản đồ',
    boundaries: 'Ranh giới xã: thanglequoc/vietnamese-provinces-database (giấy phép MIT), hình học của sapnhap.bando.com.vn.',
  },
  sums: { received: 'Đã nhận', missing: 'Còn thiếu', goal: 'Mục tiêu', above: 'Nhận vượt mục tiêu' },
  pager: { label: 'Trang', previous: 'Trang trước', next: 'Trang sau', position: 'Trang {page} trên {pages}' },
  field: { optional: 'không bắt buộc' },
}
