#include "decode/packed_source.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::decode {

namespace {

constexpr std::size_t kStep = 256 * 1024;
constexpr std::size_t kMostKept = 4 * 1024 * 1024;  // a longer member is unpacked twice

}  // namespace

PackedSource::PackedSource(std::unique_ptr<RawSource> file, std::unique_ptr<Unpacker> unpacker)
    : path_(file->path()), packed_(std::move(file)), unpacker_(std::move(unpacker)) {}

std::size_t PackedSource::read(char* into, std::size_t size) {
  for (;;) {
    if (kept_given_ < kept_.size()) {
      const std::size_t count = std::min(size, kept_.size() - kept_given_);
      std::copy_n(kept_.data() + kept_given_, count, into);
      kept_given_ += count;
      given_ += count;
      return count;
    }
    if (again_ > 0) {
      return unpack_again(into, size);
    }
    if (is_read_) {
      if (!fault_.empty()) {
        throw SourceError(ErrorKind::data, fault_);
      }
      return 0;
    }
    next_member();
  }
}

void PackedSource::next_member() {
  kept_.clear();
  kept_given_ = 0;
  const std::string_view ahead = packed_.ahead(4);
  if (!unpacker_->begins_member(ahead)) {
    end_behind_members();
    return;
  }
  packed_.forget_before();
  look_through();
}

/// Unpacks a member to its end. What it holds is kept if it is short; if it is long, only how much
/// it is.
void PackedSource::look_through() {
  const std::uint64_t begin = packed_.offset();
  std::uint64_t total = 0;
  bool is_short = true;
  unpacker_->begin_member();
  for (;;) {
    const std::string_view ahead = packed_.ahead(1);
    const std::size_t used = is_short ? static_cast<std::size_t>(total) : 0;
    kept_.resize(used + kStep);
    const Unpacker::Step step = unpacker_->step(ahead, kept_.data() + used, kStep);
    packed_.consume(step.taken);
    total += step.given;
    is_short = total <= kMostKept;
    if (!step.damage.empty()) {
      kept_.clear();
      end_with(std::string("damaged ") + unpacker_->name() + " data (" + step.damage + ")" +
               (given_ == 0 ? ", so nothing of it is stored"
                            : ", so nothing is stored of what stands behind its first " +
                                  std::to_string(given_) + " unpacked bytes"));
      return;
    }
    const bool breaks_off = ahead.empty() && step.given == 0;
    if (breaks_off) {
      end_with(std::string("the ") + unpacker_->name() + " data ends early (truncated file)");
    }
    if (step.is_end || breaks_off) {
      break;
    }
  }
  kept_.resize(is_short ? static_cast<std::size_t>(total) : 0);
  if (!is_short) {
    again_ = total;
    member_end_ = packed_.offset();
    packed_.go_back_to(begin);
    unpacker_->begin_member();
  }
}

std::size_t PackedSource::unpack_again(char* into, std::size_t size) {
  for (;;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, again_));
    const Unpacker::Step step = unpacker_->step(packed_.ahead(1), into, wanted);
    packed_.consume(step.taken);
    base::check(step.given <= wanted, "an unpacker gives no more than there is room for");
    again_ -= step.given;
    given_ += step.given;
    if (again_ == 0) {
      packed_.go_back_to(member_end_);  // behind the checksum, which was looked at before
    }
    if (step.given > 0) {
      return step.given;
    }
    if (!step.damage.empty() || step.is_end || step.taken == 0) {
      throw SourceError(ErrorKind::io, path_ + ": the file changed while it was read");
    }
  }
}

/// Behind the last member: the end of the file, zeros that fill a block, or what is not ours.
void PackedSource::end_behind_members() {
  is_read_ = true;
  const std::uint64_t begin = packed_.offset();
  bool is_zero = true;
  for (std::string_view rest = packed_.ahead(1); is_zero && !rest.empty();
       rest = packed_.ahead(1)) {
    is_zero = rest.find_first_not_of('\0') == std::string_view::npos;
    packed_.consume(is_zero ? rest.size() : 0);
  }
  if (!is_zero) {
    end_with(std::string("bytes that are not ") + unpacker_->name() + " follow the " +
             unpacker_->name() + " data at byte " + std::to_string(begin) +
             " of the file; they are not read");
  } else if (packed_.offset() > begin) {
    note_ = path_ + ": trailing bytes after the " + unpacker_->name() +
            " data are ignored (zeros, from byte " + std::to_string(begin) + " of the file on)";
  }
}

void PackedSource::end_with(const std::string& what) {
  is_read_ = true;
  fault_ = path_ + ": " + what;
}

}  // namespace fleetmeter::decode
