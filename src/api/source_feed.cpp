#include "api/source_feed.hpp"

#include <utility>

#include "api/sources.hpp"

namespace fleetmeter::api {

/// Counts the bytes that pass.
class SourceFeed::CountingSource final : public decode::ByteSource {
 public:
  explicit CountingSource(std::unique_ptr<decode::ByteSource> inner) : inner_(std::move(inner)) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = inner_->read(into, size);
    bytes += static_cast<std::int64_t>(count);
    return count;
  }
  [[nodiscard]] const char* encoding() const override { return inner_->encoding(); }

  std::int64_t bytes = 0;

 private:
  std::unique_ptr<decode::ByteSource> inner_;
};

SourceFeed::SourceFeed(const std::vector<std::string>& sources, const IngestOptions& options,
                       model::KnownDocuments* known, std::shared_ptr<decode::Workspace> workspace)
    : sources_(sources), options_(options), known_(known), workspace_(std::move(workspace)) {}
SourceFeed::~SourceFeed() = default;

bool SourceFeed::next(Delivery& delivery, const std::function<void()>& on_pause) {
  if (number_ == sources_.size()) {
    return false;
  }
  const std::string& path = sources_[number_];
  delivery.source_number = number_;
  delivery.error.reset();
  try {
    if (!source_) {
      open(delivery, on_pause);
    } else {
      read(delivery);
    }
  } catch (const Error& error) {
    // A source that cannot be read ends itself; anything else ends the work.
    if (std::string_view(error.what()).substr(0, path.size()) != path) {
      throw;
    }
    delivery.error = error;
    end(delivery);
  }
  return true;
}

void SourceFeed::open(Delivery& delivery, const std::function<void()>& on_pause) {
  const std::string& path = sources_[number_];
  source_ = std::make_unique<CountingSource>(decode::open_source(path, on_pause));
  reader_ = std::make_unique<decode::DocumentReader>(
      *source_, fallback_time(path, options_.observed_at),
      decode::Limits{options_.max_record_bytes, 64}, workspace_, known_);
  delivery.kind = Delivery::Kind::opened;
  delivery.encoding = source_->encoding();
  delivery.bytes_read = 0;
}

void SourceFeed::read(Delivery& delivery) {
  delivery.kind = Delivery::Kind::part;
  if (reader_->next(delivery.part)) {
    delivery.bytes_read = source_->bytes;
  } else {
    end(delivery);
  }
}

void SourceFeed::end(Delivery& delivery) {
  delivery.kind = Delivery::Kind::ended;
  delivery.bytes_read = source_ ? source_->bytes : 0;
  reader_.reset();
  source_.reset();
  ++number_;
}

}  // namespace fleetmeter::api
