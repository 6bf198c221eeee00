#include "ingest/verify.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "decode/byte_source.hpp"
#include "decode/document_reader.hpp"
#include "fleetmeter/error.hpp"
#include "ingest/sources.hpp"

namespace fleetmeter::ingest {

namespace {

namespace fs = std::filesystem;
using Result = VerifiedDocument::Result;

/// What a document was stored as saying of one process.
struct Said {
  std::string process_id;
  store::Evidence evidence;
};

/// A document that is to be found again.
struct Wanted {
  VerifiedDocument outcome;
  std::optional<std::int64_t> own_time_ms;  ///< that it says itself
  std::vector<Said> said;
};

/// The documents of one source, by where they begin. A file that was read again after it had been
/// written anew has several at one place.
using WantedOfSource = std::multimap<std::int64_t, Wanted>;

std::string shown(const std::optional<std::int64_t>& at_ms) {
  return at_ms ? base::format_utc(*at_ms) : "nothing";
}

std::string number(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "nothing";
}

std::string text_of(const model::Text& text) {
  return text ? base::printable(std::string(*text)) : "";
}

/// The first value that a record and the store do not agree on, in words; "" when they agree.
std::string disagreement(const Said& said, const model::Observation& read, store::Reader& reader) {
  const store::Evidence& kept = said.evidence;
  const model::ProcessAttributes& found = *read->attributes;
  const auto words = [&](const char* field, const std::string& in_archive,
                         const std::string& in_store) {
    return std::string(field) + " of " + base::printable(said.process_id) + " is " + in_archive +
           " in the archive and " + in_store + " in the store";
  };
  struct Time {
    const char* field;
    model::Instant read;
    model::Instant kept;
  };
  for (const Time& time : {Time{"startingAt", found.starting_at_ms, kept.starting_at_ms},
                           Time{"scheduledAt", found.scheduled_at_ms, kept.scheduled_at_ms},
                           Time{"bootedAt", found.booted_at_ms, kept.booted_at_ms},
                           Time{"startedAt", found.started_at_ms, kept.started_at_ms},
                           Time{"stoppingAt", found.stopping_at_ms, kept.stopping_at_ms},
                           Time{"terminatedAt", found.terminated_at_ms, kept.terminated_at_ms}}) {
    if (time.read != time.kept) {
      return words(time.field, shown(time.read), shown(time.kept));
    }
  }
  if (read.egressed_bytes != kept.egressed_bytes) {
    return words("egressedBytes", number(read.egressed_bytes), number(kept.egressed_bytes));
  }
  struct Name {
    const char* field;
    std::string read;
    std::string kept;
  };
  for (const Name& name :
       {Name{"appId", text_of(found.app_id), reader.label(kept.app_key)},
        Name{"deploymentId", text_of(found.deployment_id), reader.label(kept.deployment_key)},
        Name{"region", text_of(found.region), reader.label(kept.region_key)}}) {
    if (name.read != base::printable(name.kept)) {
      return words(name.field, '"' + name.read + '"', '"' + base::printable(name.kept) + '"');
    }
  }
  return "";
}

/// What a document that is read says of the processes that it was kept for: "" when it is what the
/// store has.
class Comparison {
 public:
  Comparison(const Wanted& wanted, store::Reader& reader) : wanted_(wanted), reader_(reader) {
    agrees_.assign(wanted.said.size(), false);
    why_.resize(wanted.said.size());
  }

  void take(const model::DocumentPart& part) {
    for (const model::Observation& read : part.processes) {
      for (std::size_t i = 0; i < agrees_.size(); ++i) {
        const Said& said = wanted_.said[i];
        if (!agrees_[i] && read->attributes->process_id == said.process_id) {
          why_[i] = disagreement(said, read, reader_);
          agrees_[i] = why_[i].empty();
        }
      }
    }
  }

  [[nodiscard]] std::string first_fault() const {
    for (std::size_t i = 0; i < agrees_.size(); ++i) {
      if (!agrees_[i]) {
        return why_[i].empty() ? "it says nothing of " + base::printable(wanted_.said[i].process_id)
                               : why_[i];
      }
    }
    return "";
  }

 private:
  const Wanted& wanted_;
  store::Reader& reader_;
  std::vector<bool> agrees_;
  std::vector<std::string> why_;
};

void judge(const model::DocumentHead& head, const Comparison& compared, Wanted& wanted) {
  VerifiedDocument& outcome = wanted.outcome;
  const std::string fault = compared.first_fault();
  if (base::to_hex(base::as_bytes(head.sha256)) != outcome.from.sha256) {
    outcome.result = Result::changed;
    outcome.note = "its digest is " + base::to_hex(base::as_bytes(head.sha256)) +
                   (fault.empty() ? "; what it says of the processes is the same" : "; " + fault);
  } else if (!fault.empty()) {
    outcome.result = Result::contradicted;
    outcome.note = fault;
  } else if (wanted.own_time_ms && head.observed_at_ms != wanted.own_time_ms) {
    outcome.result = Result::contradicted;
    outcome.note = "it is of " + shown(head.observed_at_ms) + " in the archive and of " +
                   shown(wanted.own_time_ms) + " in the store";
  } else {
    outcome.result = Result::holds;
    outcome.note.clear();
  }
}

/// Reads a file from its beginning to its end, and judges the documents that are sought in it.
void look_into(const std::string& file, WantedOfSource& all, store::Reader& reader) {
  for (auto& [offset, wanted] : all) {
    wanted.outcome.file = file;
    wanted.outcome.result = Result::missing;
    wanted.outcome.note = "no document begins there";
  }
  try {
    const auto source = decode::open_source(file);
    // The time of documents that do not say it is known from elsewhere: any will do.
    decode::DocumentReader documents(*source, {.at_ms = 0}, {});
    model::DocumentPart part;
    std::vector<std::pair<Wanted*, Comparison>> here;
    while (documents.next(part)) {
      if (part.first) {
        here.clear();
        const auto [begin, end] = all.equal_range(static_cast<std::int64_t>(part.head.byte_offset));
        for (auto one = begin; one != end; ++one) {
          here.emplace_back(&one->second, Comparison(one->second, reader));
        }
      }
      for (auto& [wanted, comparison] : here) {
        comparison.take(part);
        if (part.last) {
          judge(part.head, comparison, *wanted);
        }
      }
    }
  } catch (const decode::SourceError& error) {
    for (auto& [offset, wanted] : all) {
      if (wanted.outcome.result == Result::missing) {
        wanted.outcome.note = error.what();
      }
    }
  }
}

/// A file may have been packed since it was read, or unpacked.
fs::path unpacked_name(fs::path path) {
  const fs::path packed = path.extension();
  return packed == ".gz" || packed == ".zst" ? path.replace_extension() : path;
}

/// How many names two paths have in common, from the end.
std::size_t common_names(const fs::path& one_path, const fs::path& other_path) {
  const fs::path a = unpacked_name(one_path);
  const fs::path b = unpacked_name(other_path);
  std::size_t count = 0;
  for (auto one = a.end(), other = b.end(); one != a.begin() && other != b.begin(); ++count) {
    if (*--one != *--other) {
      break;
    }
  }
  return count;
}

/// The files of an archive that may be a source: those whose names agree the most, from the end.
/// Whatever was read from standard input may be the only file there is.
std::vector<std::string> files_of(const std::string& source,
                                  const std::vector<std::string>& archive) {
  std::vector<std::string> files;
  std::size_t most = 1;
  for (const std::string& file : archive) {
    const std::size_t common = common_names(file, source);
    if (common > most) {
      files.clear();
      most = common;
    }
    if (common == most) {
      files.push_back(file);
    }
  }
  return files.empty() && source == "-" && archive.size() == 1 ? archive : files;
}

std::ptrdiff_t count_held(const WantedOfSource& all) {
  return std::count_if(all.begin(), all.end(),
                       [](const auto& one) { return one.second.outcome.result == Result::holds; });
}

/// Of several files of one name, the one in which the most is found counts.
void look_for(const std::string& source, WantedOfSource& all,
              const std::vector<std::string>& archive, store::Reader& reader) {
  const std::vector<std::string> files = files_of(source, archive);
  WantedOfSource best;
  for (const std::string& file : files) {
    WantedOfSource found = all;
    look_into(file, found, reader);
    if (best.empty() || count_held(found) > count_held(best)) {
      best = std::move(found);
    }
  }
  if (!files.empty()) {
    all = std::move(best);
  }
}

class Seeking {
 public:
  explicit Seeking(store::Reader& reader) : reader_(reader) {}

  void want(const std::string& process_id) {
    const auto process_key = reader_.process_key(process_id);
    const auto evidence =
        process_key ? reader_.evidence(*process_key) : decltype(reader_.evidence(0))();
    if (evidence.empty()) {
      throw Error(ErrorKind::no_input, "explain: no observation of this process is in the store (" +
                                           base::printable(process_id) + ")");
    }
    for (const store::Evidence& one : evidence) {
      Wanted& wanted = document({one.snapshot_seq, one.source, one.byte_offset, one.byte_length,
                                 base::to_hex(one.sha256)});
      wanted.said.push_back({process_id, one});
      if (one.origin == "envelope") {
        wanted.own_time_ms = one.observed_at_ms;
      }
    }
    const model::ProcessFacts facts = store::facts_of(*process_key, evidence);
    if (const auto list = reader_.first_without(facts.life, reader_.places_of(*process_key))) {
      const auto at = reader_.source_of(list->snapshot_seq);
      document(
          {list->snapshot_seq, at.source, at.byte_offset, at.byte_length, base::to_hex(at.sha256)});
    }
  }

  std::vector<VerifiedDocument> look(const std::vector<std::string>& archive) {
    std::vector<VerifiedDocument> outcomes;
    for (auto& [source, all] : sources_) {
      look_for(source, all, archive, reader_);
      for (auto& [offset, wanted] : all) {
        outcomes.push_back(std::move(wanted.outcome));
      }
    }
    std::sort(outcomes.begin(), outcomes.end(),
              [](const VerifiedDocument& a, const VerifiedDocument& b) {
                return a.from.snapshot_seq < b.from.snapshot_seq;
              });
    return outcomes;
  }

 private:
  Wanted& document(const Provenance& from) {
    if (const auto known = known_.find(from.snapshot_seq); known != known_.end()) {
      return *known->second;
    }
    const auto place = sources_[from.source].emplace(from.byte_offset, Wanted{});
    place->second.outcome.from = from;
    place->second.outcome.note = "the archive has no file of this name";
    known_.emplace(from.snapshot_seq, &place->second);
    return place->second;
  }

  store::Reader& reader_;
  std::map<std::string, WantedOfSource> sources_;
  std::map<std::int64_t, Wanted*> known_;
};

}  // namespace

std::vector<VerifiedDocument> verify(const std::vector<std::string>& process_ids,
                                     const std::vector<std::string>& archive,
                                     store::Reader& reader) {
  Seeking seeking(reader);
  for (const std::string& process_id : process_ids) {
    seeking.want(process_id);
  }
  for (const std::string& path : archive) {
    std::error_code failure;
    if (!fs::exists(path, failure)) {
      throw Error(ErrorKind::no_input,
                  "explain: there is no such archive (" + base::printable(path) + ")");
    }
  }
  return seeking.look(expand(archive, {"*"}).sources);
}

}  // namespace fleetmeter::ingest
