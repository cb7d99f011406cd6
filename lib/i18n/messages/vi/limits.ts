export const limits = {
  title: 'Xin chờ một lát',
  what: {
    give: 'Từ mạng bạn đang dùng vừa có rất nhiều khoản ủng hộ được gửi, nhiều hơn mức trang này nhận trong một lúc.',
    codes: 'Từ mạng bạn đang dùng vừa có quá nhiều mã ủng hộ khác nhau được tra.',
    follow: 'Từ mạng bạn đang dùng vừa có quá nhiều lượt mở trang của các khoản ủng hộ.',
    poll: 'Từ mạng bạn đang dùng vừa có quá nhiều lượt hỏi về các khoản ủng hộ.',
    change: 'Từ mạng bạn đang dùng vừa có quá nhiều lần thử sửa hoặc mở khoản ủng hộ mà không có đúng đường dẫn riêng.',
    webhook: 'Từ địa chỉ này vừa có quá nhiều thông báo không đúng chữ ký.',
    'test-bank': 'Từ mạng bạn đang dùng vừa có quá nhiều giao dịch thử.',
    site: 'Lúc này có rất nhiều người dùng trang, nhiều hơn mức máy chủ phục vụ được ngay.',
  },
  shared: 'Cả một trường học, hay nhiều thuê bao của một nhà mạng, có thể dùng chung một địa chỉ, nên có thể không phải do bạn.',
  money: 'Tiền đã chuyển không bị ảnh hưởng: ngân hàng giữ giao dịch và quỹ vẫn ghi nhận.',
  typed:
    'Những gì bạn đã điền không mất. Khi hết thời gian chờ, hãy gửi lại bằng nút trên trang này, hoặc dùng nút quay lại của trình duyệt.',
  back: 'Khi hết thời gian chờ, hãy dùng nút quay lại của trình duyệt rồi gửi lại.',
  when: 'Thử lại được sau {time}.',
  seconds: '{count} giây',
  minutes: '{count} phút',
  again: 'Thử lại',
  send: 'Gửi lại những gì đã điền',
  home: 'Về trang đầu',
}
