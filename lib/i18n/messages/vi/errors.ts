export const errors = {
  notFound: {
    title: 'Không có trang này',
    lead: 'Địa chỉ này chưa từng có, hoặc được gõ nhầm.',
    address: 'Địa chỉ bạn mở: {path}',
    ways: 'Bạn đang tìm',
    campaigns: 'Các chiến dịch đang nhận ủng hộ',
    communes: 'Các xã, và nhu cầu của từng xã',
    lookup: 'Khoản ủng hộ của bạn, theo mã',
    home: 'Trang đầu',
    old: 'Nếu bạn đến từ một đường dẫn cũ, hãy báo cho nơi đã đăng nó. Địa chỉ chiến dịch và mã ủng hộ không bao giờ bị đổi.',
  },
  crash: {
    title: 'Trang này đang lỗi',
    lead: 'Lỗi ở phía chúng tôi, không phải do bạn.',
    money: 'Tiền đã chuyển không bị ảnh hưởng: ngân hàng giữ giao dịch và quỹ ghi nhận khi hệ thống trở lại.',
    form: 'Nếu bạn vừa gửi một biểu mẫu, hãy thử lại sau một phút. Gửi hai lần cũng chỉ thành một cam kết.',
    again: 'Thử lại',
    home: 'Về trang đầu',
  },
}
