#include "decode/framer.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::decode {

Framer::Framer(ByteSource& source, Limits limits, RawMemory memory)
    : document_(limits),
      buffer_(source, document_, std::move(memory)),
      scanner_(buffer_, document_, lines_, limits),
      finder_(buffer_, lines_, limits),
      recovery_(buffer_, document_, lines_, limits) {}

// ---- documents

Framer::Shape Framer::begin_document() {
  base::check(!document_.is_open(), "a document is read to its end before the next one begins");
  document_.forget();
  if (!finder_.skip_space()) {
    if (buffer_.failure()) {
      throw SourceError(*buffer_.failure());
    }
    return Shape::none;
  }
  start_document(finder_.skip_prefix());
  if (buffer_.is_at('[')) {
    buffer_.advance(1);
    state_ = State::before_element;
    return Shape::list;
  }
  if (buffer_.is_at('{')) {
    return start_object();
  }
  const std::string what = recovery_.skip_garbage();
  scanner_.note_garbage(document_offset(), what);
  return Shape::garbage;
}

void Framer::start_document(bool has_prefix) {
  document_.begin(buffer_);
  lines_.begin_document(has_prefix);
  scanner_.begin_document();
  state_ = State::outside;
  is_first_element_ = true;
  envelope_.text.clear();
  envelope_.list_pointer.clear();
}

Framer::Shape Framer::start_object() {
  begin_value();
  buffer_.advance(1);
  const JsonScanner::Members members = scanner_.skip_members(false, true);
  if (members == JsonScanner::Members::object_end) {
    state_ = State::single;
    return Shape::single;
  }
  if (members == JsonScanner::Members::list_found && check_envelope()) {
    envelope_.text = buffer_.since(document_.value().offset());
    envelope_.head_size = envelope_.text.size();
    envelope_.list_pointer = "/processes";
    document_.value().end();
    state_ = State::before_element;
  } else {
    recovery_.skip_rest();
  }
  return Shape::list;
}

void Framer::end_document() {
  if (!document_.is_open()) {
    return;
  }
  if (scanner_.is_broken_off()) {
    throw SourceError(*buffer_.failure());
  }
  length_ = buffer_.offset() - document_offset();
  sha256_ = document_.end(buffer_);
  state_ = State::outside;
}

/// Ends a document that turned out to be broken.
void Framer::break_document() {
  recovery_.skip_rest();
  end_document();
}

std::uint64_t Framer::problem_offset() const {
  // A document that went back to a whole line ends before the place where it broke.
  return std::min(scanner_.problem_offset(), document_offset() + length_);
}

std::string_view Framer::peek_line() {
  document_.forget();
  return finder_.skip_space() ? finder_.peek_line() : std::string_view();
}

void Framer::pass_document(std::size_t length, const base::Sha256& digest) {
  base::check(!document_.is_open() && length > 0 && length <= buffer_.ahead().size(),
              "a document that is passed over is the line that was shown");
  start_document(false);
  buffer_.advance(length);
  document_.end_undigested();
  length_ = length;
  sha256_ = digest;
}

void Framer::expect_digest(std::size_t length, const base::Sha256& digest) {
  document_.expect_digest(length, digest);
}

// ---- the list and what is around it

/// Goes to the beginning of the list's next element. False when there is none: then the document
/// has ended, well or badly.
bool Framer::open_element() {
  document_.value().end();
  if (!scanner_.skip_space()) {
    break_document();
    return false;
  }
  if (buffer_.is_at(']')) {
    buffer_.advance(1);
    end_list();
    return false;
  }
  if (!std::exchange(is_first_element_, false) && !skip_comma()) {
    break_document();
    return false;
  }
  begin_value();
  state_ = State::at_element;
  return true;
}

bool Framer::skip_comma() {
  if (!buffer_.is_at(',')) {
    return scanner_.fail("between two elements of a list comes a comma");
  }
  buffer_.advance(1);
  return scanner_.skip_space();
}

/// Ends the document behind the list's closing bracket; the rest of the envelope stands there.
void Framer::end_list() {
  if (!envelope_.list_pointer.empty()) {
    begin_value();
    if (scanner_.skip_members(true, false) == JsonScanner::Members::object_end &&
        check_envelope()) {
      envelope_.tail_offset = document_.value().offset() - 1;
      envelope_.text += ']';
      envelope_.text += buffer_.since(document_.value().offset());
    }
    if (!scanner_.problem().empty()) {
      recovery_.skip_rest();
    }
  }
  end_document();
}

/// Whether the fields around a list, just scanned, can be looked into.
bool Framer::check_envelope() {
  if (scanner_.is_too_deep()) {
    return scanner_.fail("nested deeper than 64 levels");
  }
  if (!document_.value().is_within_limit(buffer_)) {
    return scanner_.fail("the fields around the list are over the record limit");
  }
  return true;
}

std::uint64_t Framer::envelope_offset(std::size_t at) const {
  return at < envelope_.head_size ? document_offset() + at
                                  : envelope_.tail_offset + (at - envelope_.head_size);
}

std::array<RawValue, 2> Framer::envelope_pieces() const {
  const std::string_view text = envelope_.text;
  const std::size_t head_size = text.empty() ? 0 : envelope_.head_size;
  return {{{text.substr(0, head_size), document_offset(), head_size},
           {text.substr(head_size), envelope_.tail_offset, text.size() - head_size}}};
}

// ---- values

std::optional<RawValue> Framer::next_value() {
  if (state_ == State::single) {
    state_ = State::outside;
    return take_value();
  }
  if (state_ == State::outside) {
    end_document();
    return std::nullopt;
  }
  if (state_ == State::before_element && !open_element()) {
    return std::nullopt;
  }
  state_ = State::before_element;
  if (!scanner_.skip_value(list_depth())) {
    break_document();
    return std::nullopt;
  }
  return take_value();
}

std::string_view Framer::peek() {
  const bool is_there =
      state_ == State::at_element || (state_ == State::before_element && open_element());
  return is_there ? buffer_.ahead() : std::string_view();
}

void Framer::pass(std::size_t length) {
  base::check(state_ == State::at_element && length > 0 && length <= buffer_.ahead().size(),
              "an element that is passed over is the one that was shown");
  buffer_.advance(length);
  state_ = State::before_element;
}

void Framer::begin_value() {
  document_.value().begin(buffer_.offset());
  scanner_.begin_value();
}

RawValue Framer::take_value() {
  const KeptBytes& value = document_.value();
  return {value.shown(buffer_), value.offset(), buffer_.offset() - value.offset(),
          !value.is_within_limit(buffer_), scanner_.is_too_deep()};
}

}  // namespace fleetmeter::decode
