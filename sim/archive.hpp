#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/fleet.hpp"
#include "sim/record.hpp"
#include "sim/text.hpp"

namespace fleetmeter::sim {

/// Whether a document carries its own time or leaves it to its file's name.
/// In a log line it is a text, and the line says the time.
enum class Form { envelope, array, log };

/// What makes an archive: the fleet and how it was polled and saved. Chances are in permille.
struct ArchiveOptions {
  FleetOptions fleet;
  int poll_s = 60;
  std::optional<Api> api = Api::v1_rooms;  // none: mixed, another one in each document
  KeyOrder key_order = KeyOrder::vendor;
  bool pretty = false;
  Form form = Form::envelope;
  bool cap10 = false;         // lists hold the 10 most recent alone
  bool running_only = false;  // nobody saved the lists of stopped ones
  bool by_region = false;     // one list for each app and region, as the API is asked
  int gaps = 0;               // of polls, missing in runs
  int lost_finals = 0;        // of processes, never in a list of stopped ones
  int late = 0;               // of documents, written up to 40 documents later
  int repeat = 0;             // of documents, written once more
  int dips = 0;               // of records, the counter read stale
};

/// One saved snapshot. The text is valid while the sink runs.
struct Document {
  std::string_view text;
  std::int64_t observed_at_ms = 0;
  std::string file_name;  // tells the time too
};

using DocumentSink = std::function<void(const Document&)>;
/// Is told of each process once: when it is gone, or at the archive's end.
using TruthSink = std::function<void(const TrueProcess&)>;

/// Makes the archive, document by document, with no more in memory than what is alive.
void emit_archive(const ArchiveOptions& options, const DocumentSink& document_sink,
                  const TruthSink& truth_sink = {});

}  // namespace fleetmeter::sim
