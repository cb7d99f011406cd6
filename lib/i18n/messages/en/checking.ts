import type { checking as original } from '../vi/checking'

export const checking: typeof original = {
  title: 'Check us',
  description: 'Check receipts, proofs and papers against the public log, without having to trust this site.',
  lead: 'Do not trust us: check. Drop a receipt here, and your own device holds it against the public log.',
  file: {
    title: 'Check a file',
    label: 'A receipt (PDF), a proof (.tlog-proof), or a paper downloaded from this site',
    hint: 'With JavaScript the file is checked on your device and sent nowhere. Without it the server checks it for you, and drops it.',
    go: 'Check the file',
    none: 'No file was chosen. Choose one and check again.',
    large: 'The file is larger than 8 MB. Receipts and papers of this site are smaller; it may be the wrong file.',
    busy: 'The server is checking many other files and has not checked this one. It was not kept: wait a minute, choose the file and check again.',
    lost: 'The result of the check is no longer kept. Choose the file and check again.',
  },
  code: {
    title: 'Check a code',
    label: 'The code of a gift, or the number of a receipt',
    hint: 'For example TD and seven characters, or a number such as 1234.',
    go: 'Check the code',
    unknown: 'Nothing in the log has “{typed}”. A code has nine characters and begins with TD; the number of a receipt is digits alone.',
    waiting:
      'There is a code {code}, but nothing that came with it stands: nothing came yet, or it was taken back, or it came just now and will be in the log in a few seconds.',
    found: '{count, plural, one {# entry} other {# entries}} of code {code} in the log',
    first: 'The first {count, plural, one {entry} other {# entries}} of code {code} in the log',
    follow: 'Where each đồng of this gift is now',
    proof: 'Download the proof of this entry',
    server:
      'The server has checked it just now and found it right. To have no need of trusting the server: download the proof and check it with another tool, or turn JavaScript on, and your device checks it.',
    more: 'The others are on the page of the gift.',
  },
  told: {
    right: 'Right',
    wrong: 'Not right',
    unknown: 'The log does not know this file',
    paperRight:
      'The file is to the byte what was made. Every gift in it ({count}) is in the public log; code, fund, day and amount or units that are sealed with the paper are what the log says below. What is printed must read just so: if it does not, don’t believe the paper.',
    sealedOnly:
      'The log has no name, tax code, campaign, place, word for goods, foreign amount or what was given back: for those there is this site’s seal alone.',
    sealedOnlyNamed:
      'The log has no tax code, campaign, place, word for goods, foreign amount or what was given back: for those there is this site’s seal alone.',
    notCompared: 'Not all of it could be compared',
    untold:
      'The seal is whole and the entries below are in the log, but the paper is of an older form and does not say what it prints. Hold every word of it against the entries below, or open the gift’s page and download it anew.',
    unreadable: 'The paper does not say plainly what it prints, so it can’t be held against the log.',
    differs: 'The paper says one thing and the log another. {row}: the paper says {printed}, the log says {logged}.',
    nothing: 'nothing',
    nameRight: 'The name “{name}” is the one that the log committed to.',
    nameWrong: 'The name in the file is not the one that the log committed to.',
    since: 'A paper tells of the day it was made; look up the code for what became of the gift since.',
    really: 'This is what the log really says; hold it against the paper.',
    noProof: 'There is no proof in the file.',
    seals: {
      missing: 'The file lacks this site’s seal. Either the site did not make it, or other software saved it anew.',
      unknown: 'The seal in the file is not this site’s.',
      broken: 'The file was changed after it was made.',
    },
    proofRight: 'The entry is in the log, and the log’s key signed it.',
    publicRight: 'The file is to the byte the paper whose hash {sha256} is in the log.',
    paperUnknown:
      'No paper in the log has the hash {sha256}. Either the file is not from this site, or it was changed, or you are offline.',
    looksOurs:
      'If the file looks like a receipt of this site, don’t believe it: a real one proves itself. Ask for the original file, or look up the code that is printed on it.',
    otherPaper: 'The proof that came is of another paper.',
    why: {
      malformed: 'The proof is damaged and can’t be read.',
      unsigned: 'The proof is not signed by this log.',
      bad_signature: 'The signature in the proof is wrong: it was changed.',
      other_log: 'The proof is of another log.',
      not_included: 'The entry is not in the log: what it says, or the proof, was changed.',
      other_entry: 'The proof that came is of another entry than the one shown here.',
      no_gift: 'This entry is no gift: it proves no receipt.',
      too_many: 'The file has more than 400 proofs in it. No paper of this site has so many, so none of them was checked.',
    },
    here: 'Your device has checked it just now: the entry is in the log.',
    notHere: 'Your device could not get the proof. Check the network and load the page again.',
    entry: 'Entry no. {number} of the log',
    entryWrong: 'An entry that does not hold',
    logOf: 'among the first {size} entries, by the log’s signature',
    noWitness: 'no witness whose key is known here has cosigned it',
    rows: {
      entry: 'Entry of the log',
      count: 'Number of gifts',
      total: 'Sum of money',
      item: 'Line of the budget',
      what: 'It says',
      amount: 'Amount',
      units: 'Units',
      day: 'Day',
      code: 'Code of the gift',
      fund: 'Fund',
      via: 'Received by',
      receipt: 'Receipt of the office',
      sha256: 'Hash of the paper',
      log: 'Proof',
      witnesses: 'Cosigned by witnesses',
      why: 'Why',
    },
    kinds: {
      donation: 'a gift came',
      goods_received: 'goods or services came',
      goods_reversed: 'a receipt of goods was taken back',
      document: 'a paper was published',
      spend_paid: 'a spend was paid',
      delivery: 'something was handed over',
      day_closed: 'a day of the bank was closed',
      line_classified: 'a line of the bank was classified',
    },
    vias: { bank: 'bank transfer', card: 'card', cash: 'cash' },
  },
  how: {
    title: 'What is proved',
    items: {
      entry:
        'Every public fact (money that comes, is spent, handed over, given back, a day that is closed) is an entry in the log, in order, and never changed.',
      tree: 'All entries are hashed with SHA-256 into one tree (RFC 6962). Its root changes if one byte anywhere does.',
      sign: 'The log signs that root each time it grows. A receipt carries the way from its entry up to the signed root: some twenty hashes that anybody can compute.',
      witness:
        'Witnesses are others who watch this log: they cosign only while it grows and changes nothing. A proof carries their signatures, so the log can’t show you one history and somebody else another.',
      line: 'Every đồng has a number. A spend takes the first unspent ones, so what your gift became is looked up, not told.',
      name: 'Names and messages are not in the log, only commitments to them. After a name is erased every proof still holds.',
    },
    not: 'What is not',
    notItems: {
      complete:
        'The log proves that nothing was changed, not that nothing is missing. That comes from the bank: each line is an entry, and each closed day tells its opening and closing balance.',
      pooled: 'Money in a fund is pooled. The number of a đồng is a published order, first in first out, and not your banknote.',
      world: 'Whether the coat is warm the log does not know. Photos, minutes and people in the commune do.',
    },
  },
  key: {
    title: 'The keys to check with',
    lead: 'Keep this line somewhere else: photograph it, print it. If it ever differs without an explanation, do not trust it.',
    logKeys: 'Key of the log',
    witnessKeys: 'Keys of witnesses',
    witnessLead: 'This page only repeats their keys. To be sure, ask the witnesses themselves.',
    sealKeys: 'Key that seals receipts',
    size: 'The log has {size} entries now',
    checkpoint: 'Newest signed checkpoint',
    none: 'The log has no entry yet.',
  },
  script: {
    title: 'The script that checks',
    text: 'This page checks with one file that can be read, not shortened, of {lines} lines. The server uses the same code.',
    source: 'Read it',
    hash: 'SHA-256 of the file',
    offline: 'Download the page that checks without a network',
    offlineText:
      'One HTML file with the script and the keys above. Open it without a network, even when this site is gone: receipts and proofs can still be checked.',
  },
  offline: {
    title: 'Check a receipt of Từng Đồng, without a network',
    lead: 'This file was saved from {site}. Choose or drop a receipt (PDF) or a proof (.tlog-proof). Nothing leaves your device.',
  },
  own: {
    title: 'Not even this script?',
    lead: 'There is a way with tools that others wrote: Go, openssl, and one file that checks the whole log.',
    link: 'Step by step, with tools of others',
  },
  tools: {
    title: 'Check with tools that others wrote',
    description: 'Check the public log, a receipt and a paper step by step with Go, openssl and what a machine has anyway.',
    lead: 'Not a line of ours, but for the last step. Each command was run as it stands here. Put the number of your receipt in the place of {entry}.',
    back: 'Back to the check',
    steps: {
      take: {
        title: 'Take it home',
        text: 'The log’s newest signed checkpoint, the key to check with, the keys of its witnesses, and the proof of an entry. Get the keys from somewhere else as well, and compare.',
      },
      go: {
        title: 'Check the proof with Go’s own library',
        text: 'Go itself uses these packages, sumdb/note and sumdb/tlog, to check every library it downloads. check-proof.go joins them in some hundred lines, and checks the words of witnesses, whose keys come last: read it before it runs.',
      },
      sign: {
        title: 'Check the signature with openssl',
        text: 'The Ed25519 signature of the checkpoint. It must say “Signature Verified Successfully”; change one character in the file text, and it does not.',
      },
      entry: {
        title: 'Read the entry and hash it',
        text: 'The first line prints what the log says. The next two print the hash that you computed and the one in the log; they must be the same. {tile} has the entries {first} to {last}; each hash has 32 bytes.',
      },
      paper: {
        title: 'Open a receipt',
        text: 'The first command takes the proof out of the PDF, to be checked as in step 2. The second prints the seal, the third hashes the paper: it must be the second line of the seal. The seal’s signature is checked as in step 3, with the key that seals.',
      },
      all: {
        title: 'Check the whole log',
        text: 'One file without any library, Node 20 or newer. It downloads every entry, computes the tree again, adds up every đồng, and compares with your proof and with the pages. Keep checkpoint.saved: with --since next time you see that the past was not changed.',
      },
    },
  },
}
