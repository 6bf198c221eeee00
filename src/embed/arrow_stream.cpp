#include "embed/arrow_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include "embed/arrow_column.hpp"

namespace fleetmeter::embed {

namespace {

// A batch is short enough that the offsets of its texts fit 32 bits.
constexpr std::size_t kMostRows = 65'536;
constexpr std::size_t kMostBytes = 64 * 1024 * 1024;

/// An answer on its way out.
struct Stream {
  Table answer;
  std::vector<CellKind> kinds;
  std::size_t next_row = 0;
  std::string error;
};

Stream& stream_of(ArrowArrayStream* stream) {
  return *static_cast<Stream*>(stream->private_data);
}

/// The members of a struct: a consumer may take one out and release it by itself.
template <class Arrow>
struct Members {
  explicit Members(std::size_t count) : members(count), places(count) {
    for (std::size_t i = 0; i < count; ++i) {
      members[i].release = nullptr;
      places[i] = &members[i];
    }
  }
  ~Members() {
    for (Arrow& member : members) {
      if (member.release != nullptr) {
        member.release(&member);
      }
    }
  }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

  std::vector<Arrow> members;
  std::vector<Arrow*> places;
  std::string name;                     ///< of a column's schema
  const void* validity[1] = {nullptr};  ///< of a batch: every row is there
};

template <class Arrow>
void release_members(Arrow* arrow) {
  delete static_cast<Members<Arrow>*>(arrow->private_data);
  arrow->release = nullptr;
}

/// Fills a struct, or a column, and gives it what it owns.
template <class Arrow>
void hand_over(std::unique_ptr<Members<Arrow>> owned, Arrow& out) {
  out.n_children = static_cast<std::int64_t>(owned->members.size());
  out.children = owned->places.empty() ? nullptr : owned->places.data();
  out.release = release_members<Arrow>;
  out.private_data = owned.release();
}

void give_schema(const std::string& name, const char* format, std::int64_t flags,
                 std::unique_ptr<Members<ArrowSchema>> owned, ArrowSchema& out) {
  owned->name = name;
  out = {};
  out.format = format;
  out.name = owned->name.c_str();
  out.flags = flags;
  hand_over(std::move(owned), out);
}

void give_schema(const Stream& stream, ArrowSchema& out) {
  const std::vector<std::string>& names = stream.answer.names;
  auto columns = std::make_unique<Members<ArrowSchema>>(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    give_schema(names[i], format_of(stream.kinds[i]), ARROW_FLAG_NULLABLE,
                std::make_unique<Members<ArrowSchema>>(0), columns->members[i]);
  }
  give_schema("", "+s", 0, std::move(columns), out);
}

std::size_t end_of_batch(const Stream& stream) {
  std::size_t bytes = 0;
  std::size_t row = stream.next_row;
  for (; row < stream.answer.rows.size() && row - stream.next_row < kMostRows && bytes < kMostBytes;
       ++row) {
    for (const Cell& cell : stream.answer.rows[row]) {
      const auto* text = std::get_if<std::string>(&cell);
      const auto* blob = std::get_if<Bytes>(&cell);
      bytes += text != nullptr ? text->size() : blob != nullptr ? blob->bytes.size() : 0;
    }
  }
  return row;
}

void give_batch(Stream& stream, ArrowArray& out) {
  out = {};
  const std::size_t end = end_of_batch(stream);
  if (end == stream.next_row) {
    return;  // a batch that is released already is the end
  }
  auto columns = std::make_unique<Members<ArrowArray>>(stream.kinds.size());
  for (std::size_t i = 0; i < stream.kinds.size(); ++i) {
    give_column(stream.answer, i, stream.kinds[i], stream.next_row, end, columns->members[i]);
  }
  out.length = static_cast<std::int64_t>(end - stream.next_row);
  out.n_buffers = 1;
  out.buffers = columns->validity;
  hand_over(std::move(columns), out);
  stream.next_row = end;
}

/// Calls what may throw where no exception may pass.
template <class Give>
int guarded(ArrowArrayStream* stream, Give&& give) {
  try {
    give();
    stream_of(stream).error.clear();
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  } catch (const std::exception& failure) {
    stream_of(stream).error = failure.what();
    return EIO;
  }
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return guarded(stream, [&] { give_schema(stream_of(stream), *out); });
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  return guarded(stream, [&] { give_batch(stream_of(stream), *out); });
}

const char* get_last_error(ArrowArrayStream* stream) {
  const std::string& error = stream_of(stream).error;
  return error.empty() ? nullptr : error.c_str();
}

void release(ArrowArrayStream* stream) {
  delete &stream_of(stream);
  stream->release = nullptr;
}

}  // namespace

void give_stream(Table answer, ArrowArrayStream& out) {
  auto stream = std::make_unique<Stream>();
  stream->answer = std::move(answer);
  for (std::size_t i = 0; i < stream->answer.names.size(); ++i) {
    stream->kinds.push_back(kind_of_column(stream->answer, i));
  }
  out = {get_schema, get_next, get_last_error, release, stream.release()};
}

}  // namespace fleetmeter::embed
