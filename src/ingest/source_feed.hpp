#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "decode/byte_source.hpp"
#include "decode/document_reader.hpp"
#include "ingest/delivery.hpp"
#include "ingest/sources.hpp"
#include "model/known_documents.hpp"

namespace fleetmeter::ingest {

/// Sources → deliveries, one after another: opens, reads and decodes.
class SourceFeed {
 public:
  /// Tells where earlier runs rejected documents of a source; null when they rejected none. It is
  /// asked on any thread.
  using Rejected = std::function<const model::RejectedPlaces*(const std::string& path)>;

  /// Opens a source by its path.
  using Open = std::function<std::unique_ptr<decode::ByteSource>(
      const std::string& path, const std::function<void()>& on_pause)>;

  /// `known` may be null: then every document is decoded.
  SourceFeed(const std::vector<std::string>& sources, Open open, const SourceTimes& times,
             decode::Limits limits, model::KnownDocuments* known,
             std::shared_ptr<decode::Workspace> workspace, Rejected rejected);
  ~SourceFeed();
  SourceFeed(const SourceFeed&) = delete;
  SourceFeed& operator=(const SourceFeed&) = delete;

  /// Fills the next delivery. False when the last source has ended. An error that is the fault of a
  /// source (decode::SourceError) ends that source; any other error is thrown. When there is
  /// nothing to read for now, `on_pause` is called, now or in a later call.
  [[nodiscard]] bool next(Delivery& delivery, const std::function<void()>& on_pause);

 private:
  class CountingSource;

  void open(Delivery& delivery, const std::function<void()>& on_pause);
  void read(Delivery& delivery);
  void end(Delivery& delivery);

  const std::vector<std::string>& sources_;
  Open open_source_;
  const SourceTimes& times_;
  decode::Limits limits_;
  model::KnownDocuments* known_;
  std::shared_ptr<decode::Workspace> workspace_;
  Rejected rejected_;
  std::size_t number_ = 0;
  std::unique_ptr<CountingSource> source_;
  std::unique_ptr<decode::DocumentReader> reader_;
};

}  // namespace fleetmeter::ingest
