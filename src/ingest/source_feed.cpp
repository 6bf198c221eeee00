#include "ingest/source_feed.hpp"

#include <utility>

namespace fleetmeter::ingest {

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
  [[nodiscard]] std::string note() const override { return inner_->note(); }

  std::int64_t bytes = 0;

 private:
  std::unique_ptr<decode::ByteSource> inner_;
};

SourceFeed::SourceFeed(const std::vector<std::string>& sources, Open open, const SourceTimes& times,
                       decode::Limits limits, model::KnownDocuments* known,
                       std::shared_ptr<decode::Workspace> workspace, Rejected rejected)
    : sources_(sources),
      open_source_(std::move(open)),
      times_(times),
      limits_(limits),
      known_(known),
      workspace_(std::move(workspace)),
      rejected_(std::move(rejected)) {}
SourceFeed::~SourceFeed() = default;

bool SourceFeed::next(Delivery& delivery, const std::function<void()>& on_pause) {
  if (number_ == sources_.size()) {
    return false;
  }
  delivery.source_number = number_;
  delivery.error.reset();
  delivery.note.clear();
  try {
    if (!source_) {
      open(delivery, on_pause);
    } else {
      read(delivery);
    }
  } catch (const decode::SourceError& error) {
    delivery.error = error;
    end(delivery);
  }
  return true;
}

void SourceFeed::open(Delivery& delivery, const std::function<void()>& on_pause) {
  const std::string& path = sources_[number_];
  source_ = std::make_unique<CountingSource>(open_source_(path, on_pause));
  reader_ = std::make_unique<decode::DocumentReader>(*source_, times_.of(path), limits_, workspace_,
                                                     known_, rejected_(path));
  delivery.kind = Delivery::Kind::opened;
  delivery.encoding = source_->encoding();
  delivery.bytes_read = 0;
}

void SourceFeed::read(Delivery& delivery) {
  delivery.kind = Delivery::Kind::part;
  if (reader_->next(delivery.part)) {
    delivery.bytes_read = source_->bytes;
  } else {
    delivery.note = source_->note();
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

}  // namespace fleetmeter::ingest
