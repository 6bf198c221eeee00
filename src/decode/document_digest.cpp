#include "decode/document_digest.hpp"

#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::decode {

void DocumentDigest::expect(std::uint64_t length, const base::Sha256& digest) {
  expected_length_ = length;
  expected_ = digest;
}

void DocumentDigest::take_to(std::uint64_t offset, const SourceBuffer& buffer) {
  if (offset > digested_to_) {
    stream_.update(buffer.window_from(digested_to_)
                       .substr(0, static_cast<std::size_t>(offset - digested_to_)));
    digested_to_ = offset;
  }
}

base::Sha256 DocumentDigest::finish(const SourceBuffer& buffer) {
  const std::uint64_t expected = std::exchange(expected_length_, 0);
  base::check(begin_ <= digested_to_ && digested_to_ <= buffer.offset(),
              "what was digested of a document is not behind the document's end");
  if (digested_to_ == begin_ && expected == buffer.offset() - begin_) {
    return expected_;
  }
  take_to(buffer.offset(), buffer);
  return stream_.finish();
}

}  // namespace fleetmeter::decode
