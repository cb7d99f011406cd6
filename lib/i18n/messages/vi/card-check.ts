export const cardCheck = {
  title: 'Kiểm tra trước khi mở trang thẻ',
  description: 'Lúc này trang thẻ của khoản {code} chỉ mở sau một phép tính ngắn hay một phút chờ. Chuyển khoản không cần bước này.',
  errorPrefix: 'Chưa mở được: ',
  kicker: 'Khoản {code}',
  lead: 'Lúc này có người đang đem thẻ lấy cắp ra thử ở các trang ủng hộ. Để chặn máy tự động, máy của bạn làm một phép tính ngắn trước khi mở trang thẻ.',
  what: 'Phép tính chạy ngay trên máy bạn, thường vài giây. Không có gì về bạn được gửi đi, và không ai nghi ngờ thẻ của bạn.',
  go: 'Tiếp tục tới trang thẻ',
  working: 'Đang tính',
  stop: 'Dừng',
  stopped: 'Đã dừng. Chưa có gì được gửi đi.',
  done: 'Tính xong, đang mở trang thẻ.',
  cannot: 'Trình duyệt này không làm được phép tính. Thay vào đó xin chờ một phút kể từ khi mở trang này, rồi bấm lại nút trên.',
  wait: 'Trình duyệt của bạn không chạy JavaScript, nên thay cho phép tính là một lần chờ: nút trên dùng được sau {seconds} giây, rồi trong mười phút.',
  waited: 'Bạn đã chờ đủ một phút: nút trên dùng được ngay, trong mười phút kể từ lúc ấy.',
  problem: {
    som: 'Chưa đủ một phút. Còn khoảng {seconds} giây nữa, bấm lại nút dưới đây là được.',
    cu: 'Lần tính hay lần chờ trước đã quá mười phút, hoặc đã dùng để mở trang thẻ rồi. Xin làm lại một lần.',
    nhieu:
      'Từ mạng bạn đang dùng vừa có nhiều trang thẻ được mở. Xin chờ mười phút rồi bấm lại, mở trang này bằng trình duyệt có JavaScript, hoặc chuyển khoản.',
    tac: 'Trang thẻ chưa mở được lúc này. Chưa có tiền nào bị trừ. Xin thử lại sau ít phút, hoặc chuyển khoản.',
  },
  calm: {
    lead: 'Lúc này không cần kiểm tra gì. Bạn có thể mở trang thẻ ngay.',
  },
  paused: {
    title: 'Thẻ đang tạm đóng',
    lead: 'Có người đang đem thẻ lấy cắp ra thử ở đây, nên lúc này không mở được trang thẻ nào. Khoản của bạn vẫn còn nguyên, chưa có tiền nào bị trừ.',
    until: 'Nếu không có thêm lần thử nào, thẻ mở lại lúc {moment}.',
    again: 'Xem thẻ đã mở lại chưa',
  },
  transfer: {
    title: 'Chuyển khoản thì không cần bước này',
    text: 'Chuyển khoản ngân hàng lúc nào cũng nhận, với đúng mã {code}.',
    foreign: 'Khoản này bằng ngoại tệ, mà chuyển khoản thì bằng đồng. Bạn sửa cam kết sang đồng là chuyển khoản được ngay.',
    change: 'Sửa cam kết sang đồng',
    link: 'Chuyển khoản với mã {code}',
  },
}
