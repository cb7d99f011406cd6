import type { CategoryTexts } from '../model'

export const PLAYGROUNDS: CategoryTexts = {
  titles: [
    { vi: 'Một sân chơi cho trẻ em {place}', en: 'A playground for the children of {place}' },
    { vi: 'Chỗ chơi an toàn sau giờ học, {place}', en: 'A safe place to play after school, {place}' },
  ],
  summaries: [
    {
      vi: 'Sân chơi chung cho khoảng {children} trẻ, thiết bị đạt TCVN 12721.',
      en: 'A shared playground for about {children} children, with equipment that meets TCVN 12721.',
    },
    {
      vi: '{quantity} sân chơi ở {villages}, thôn chọn chỗ và nhận trông coi.',
      en: '{quantity} playground in {villages}; the hamlet chooses the place and looks after it.',
    },
  ],
  openings: [
    {
      vi: 'Khoảng {children} trẻ ở {villages} đang chơi ở ven đường và bờ suối, vì sân nhà văn hóa chỉ có nền đất và hai khung thành tre. Cuộc họp thôn gần nhất đồng ý dành góc sân phía đông cho trẻ em.',
      en: 'About {children} children of {villages} play by the road and the stream, because the culture house has only bare ground and two bamboo goals. The last hamlet meeting gave the eastern corner to the children.',
    },
    {
      vi: 'Trường mầm non {place} có sân xi măng rộng nhưng chưa có thiết bị ngoài trời nào. Giờ ra chơi, các cô phải chia lớp ra từng lượt để khỏi va nhau.',
      en: 'The pre-school of {place} has a wide concrete yard and not one piece of outdoor equipment. At break the teachers let the groups out in turns, so that children do not run into each other.',
    },
    {
      vi: 'Các em ở {place} được hỏi muốn chơi gì, bằng cách dán hạt ngô lên hình vẽ: leo dây và xích đu được nhiều hạt nhất. Bản vẽ làm theo ý các em.',
      en: 'The children of {place} were asked what they want by sticking maize kernels on drawings: climbing nets and swings got the most. The plan follows their wish.',
    },
  ],
  middles: [
    {
      vi: 'Nền cao su dày 4 phân dưới chỗ leo và xích đu, thiết bị neo móng bê tông, không có cạnh sắc trong tầm tay. Đơn vị lắp đặt bảo hành 24 tháng, nghiệm thu có đại diện phụ huynh.',
      en: 'Under climbing frame and swing lies a rubber surface 4 cm thick; everything is anchored in concrete, with no sharp edge within reach. The installer gives 24 months of warranty, and parents take part in the acceptance.',
    },
    {
      vi: 'Thôn cử hai người giữ chìa khóa kho dụng cụ và kiểm tra ốc vít mỗi tháng theo phiếu. Tiền bảo dưỡng năm đầu đã nằm trong giá, các năm sau do xã lo.',
      en: 'Two people of the hamlet keep the key and check the bolts every month with a form. The first year of maintenance is in the price; the commune pays for later years.',
    },
  ],
}

export const CULTURE: CategoryTexts = {
  titles: [
    { vi: 'Lớp nhạc, múa và bóng đá cuối tuần, {place}', en: 'Weekend music, dance and football, {place}' },
    { vi: 'Nhà văn hóa mở cửa cho trẻ em, {place}', en: 'The culture house open to children, {place}' },
  ],
  summaries: [
    {
      vi: '{quantity} buổi sinh hoạt trong năm cho {children} trẻ, người địa phương hướng dẫn.',
      en: '{quantity} sessions this year for {children} children, led by local people.',
    },
    {
      vi: 'Dụng cụ và thù lao người hướng dẫn, để {children} trẻ có chỗ vui chơi mỗi cuối tuần.',
      en: 'Equipment and fees for instructors, so that {children} children have somewhere to go every weekend.',
    },
  ],
  openings: [
    {
      vi: 'Nhà văn hóa thôn ở {villages} khóa cửa gần hết tuần. Các bác lớn tuổi biết chơi nhạc cụ sẵn lòng dạy, nếu có nhạc cụ để các em cầm được trên tay.',
      en: 'The hamlet culture houses of {villages} are locked for most of the week. Elders who play would gladly teach, if there were instruments for children to hold.',
    },
    {
      vi: 'Đội bóng thiếu nhi {place} tập trên sân trường bằng một quả bóng đã vá hai lần, và tháng nào cũng có thêm em xin vào. Năm nay địa phương muốn mở thêm lớp múa và cờ cho những em không thích bóng đá.',
      en: 'The children’s team of {place} trains in the school yard with a ball patched twice, and more children join every month. This year there would also be dance and chess for those who do not care for football.',
    },
    {
      vi: 'Mỗi tối thứ Bảy, đoàn thanh niên {place} đã thử chiếu phim ở một thôn: trẻ em đến đông hơn dự tính ba lần. Kế hoạch năm nay là đi hết các thôn, mỗi tháng một vòng.',
      en: 'The youth union of {place} tried film evenings in one hamlet on Saturdays, and three times as many children came as expected. The plan is to visit every hamlet once a month.',
    },
  ],
  middles: [
    {
      vi: 'Thù lao người hướng dẫn là {price} một buổi, có bảng điểm danh. Nhạc cụ và bóng để ở nhà văn hóa, em nào cũng mượn được, ghi sổ.',
      en: 'An instructor receives {price} a session, against an attendance list. Instruments and balls stay at the culture house, and any child may borrow them.',
    },
    {
      vi: 'Lịch sinh hoạt dán ở nhà văn hóa và đọc trên loa thôn. Buổi nào cũng có hai người lớn; trẻ nhỏ về trước khi trời tối.',
      en: 'The schedule hangs at the culture house and is read over the hamlet’s loudspeaker. Two adults are at every session; small children go home before dark.',
    },
  ],
}

export const LIFE_SKILLS: CategoryTexts = {
  titles: [
    { vi: 'Biết bơi và biết giữ mình an toàn, {place}', en: 'To swim and to stay safe, {place}' },
    { vi: 'Tập huấn phòng, chống xâm hại và tai nạn, {place}', en: 'Training against abuse and accidents, {place}' },
  ],
  summaries: [
    {
      vi: '{children} trẻ học bơi an toàn và học cách nhận ra, lên tiếng, tìm người giúp.',
      en: '{children} children learn to swim safely, and to recognise danger, speak up and find help.',
    },
    {
      vi: '{quantity} buổi cho trẻ em, cha mẹ và thầy cô ở {villages}.',
      en: '{quantity} sessions for children, parents and teachers in {villages}.',
    },
  ],
  openings: [
    {
      vi: 'Suối và hồ ở {villages} là lối đi học, chỗ tắm mát và chỗ chơi. Xã chưa có bể bơi; lớp học bơi dùng bể lắp ghép đặt tại sân trường trong hai tháng hè.',
      en: 'In {villages} streams and lakes are the way to school and the place to cool off and play. There is no pool; lessons use a mobile one in the school yard for two summer months.',
    },
    {
      vi: 'Thầy cô ở {place} đề nghị tập huấn về phòng, chống xâm hại sau khi nhận ra các em không biết nói với ai khi thấy sợ. Ba nhóm cùng học trong một tuần: trẻ em, cha mẹ và giáo viên.',
      en: 'Teachers of {place} asked for training against abuse when they saw that children did not know whom to tell when afraid. Three groups learn in the same week: children, parents and teachers.',
    },
    {
      vi: 'Sổ của trạm y tế ghi bỏng, ngã cây và điện giật là ba tai nạn thường gặp nhất của trẻ em {place}, và phần lớn xảy ra khi cha mẹ đi làm xa.',
      en: 'The station’s book lists burns, falls from trees and electric shock as the most common accidents of children in {place}, mostly while parents are away at work.',
    },
  ],
  middles: [
    {
      vi: 'Buổi học chia theo lứa tuổi, dùng tranh và tình huống, không quá ba mươi em. Số điện thoại 111 của Tổng đài quốc gia bảo vệ trẻ em được dán ở mỗi lớp.',
      en: 'Sessions are by age, with pictures and situations, for thirty at most. The number 111 of the national child helpline hangs in every classroom.',
    },
    {
      vi: 'Chi phí một buổi là {price}, gồm người dạy đã được tập huấn về bảo vệ trẻ em, tài liệu và nước uống. Mỗi buổi có hai người lớn.',
      en: 'One session costs {price}, with a trainer versed in child protection, material and water. Two adults are always present.',
    },
  ],
}

export const LEGAL_AID: CategoryTexts = {
  titles: [
    { vi: 'Tìm hiểu pháp luật và tư vấn tại trường, {place}', en: 'Law lessons and advice at school, {place}' },
    { vi: 'Giấy khai sinh và trợ giúp pháp lý cho trẻ em, {place}', en: 'Birth papers and legal aid for children, {place}' },
  ],
  summaries: [
    {
      vi: '{quantity} buổi tư vấn tại {sites} điểm trường cho {children} học sinh và gia đình.',
      en: '{quantity} sessions at {sites} school sites for {children} pupils and their families.',
    },
    {
      vi: 'Để {children} trẻ và gia đình hỏi được luật sư ngay tại xã, không mất tiền.',
      en: 'So that {children} children and their families can ask a lawyer in the commune, free of charge.',
    },
  ],
  openings: [
    {
      vi: 'Sau khi sáp nhập, nhiều gia đình ở {villages} phải làm lại giấy tờ theo tên xã mới. Giấy khai sinh sai một chữ là thẻ bảo hiểm và hồ sơ học bổng dừng lại.',
      en: 'Since the merger many families in {villages} must renew papers under the new commune’s name. One wrong letter on a birth certificate stops health insurance and scholarship files.',
    },
    {
      vi: 'Học sinh {place} gửi câu hỏi vào một hòm thư ở trường: đi làm thêm mấy tuổi thì được, bị bắt nạt trên mạng thì báo ai, bị ép nghỉ học lấy chồng thì làm sao. Luật sư trả lời từng nhóm câu hỏi tại lớp.',
      en: 'Pupils of {place} put questions into a box at school: from what age may one work, whom to tell about bullying online, what to do when pressed to leave school and marry. Lawyers answer them in class.',
    },
  ],
  middles: [
    {
      vi: 'Mỗi buổi có một trợ giúp viên pháp lý và một luật sư, buổi sáng nói chuyện theo lớp, buổi chiều tiếp riêng. Nội dung riêng được giữ kín, Quỹ chỉ nhận số buổi và số lượt.',
      en: 'Each day has a legal aid officer and a lawyer: talks by class in the morning, private advice in the afternoon. What is said stays private; the Fund receives only the number of sessions.',
    },
    {
      vi: 'Một buổi có chi phí {price}, gồm đi lại, tài liệu và phiên dịch khi cần. Công của trợ giúp viên do nhà nước trả, nên không nằm trong dự toán này.',
      en: 'A session costs {price} for travel, material and interpreting where needed. The officers’ pay comes from the state and is not in this budget.',
    },
  ],
}
