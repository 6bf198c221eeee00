#include <cstddef>
#include <span>

#include "embed/arrow_stream.hpp"
#include "embed/call.hpp"
#include "embed/options.hpp"

namespace fleetmeter::embed {

namespace {

std::vector<std::string> paths_of(const char* const* paths, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(text_of(paths == nullptr ? nullptr : paths[i], "paths"));
  }
  return all;
}

void clear(ArrowArrayStream* stream) {
  if (stream != nullptr) {
    *stream = {};
  }
}

template <class Row>
void give_reports(const std::vector<Row>& reports, ArrowArrayStream* out) {
  if (out != nullptr) {
    give_stream(table_of(reports), *out);
  }
}

/// What a source has to say of what went wrong in it; "" when nothing did, or nothing new.
std::string complaint_of(const SourceReport& report) {
  if (!report.error.empty()) {
    return report.error;
  }
  return report.rejected > report.rejected_before
             ? report.source + ": " + std::to_string(report.rejected) + " records were rejected"
             : "";
}

/// What became of an ingest: FLEETMETER_OK, FLEETMETER_DATA with its reports, or Error when a
/// source cannot be read.
fleetmeter_code outcome(const std::vector<SourceReport>& reports, ArrowArrayStream* out) {
  std::string data;
  for (const SourceReport& report : reports) {
    const std::string complaint = complaint_of(report);
    if (report.error_code != 0 && report.error_code != FLEETMETER_DATA) {
      throw Error(static_cast<ErrorKind>(report.error_code), complaint);
    }
    data = data.empty() ? complaint : data;
  }
  give_reports(reports, out);
  return data.empty() ? FLEETMETER_OK : note_data(data);
}

fleetmeter_code ingest(fleetmeter_store* store, const Input& input, GivenOptions options,
                       ArrowArrayStream* reports) {
  return outcome({store->store.ingest(input, read_ingest(options))}, reports);
}

/// A kind of documents about money, by its name.
MoneyKind kind_called(const std::string& name) {
  for (const auto& [kind, called] :
       {std::pair{MoneyKind::deployments, "deployments"}, std::pair{MoneyKind::rates, "rates"},
        std::pair{MoneyKind::policy, "policy"}, std::pair{MoneyKind::invoice, "invoice"}}) {
    if (name == called) {
      return kind;
    }
  }
  throw Error(ErrorKind::usage,
              printable(name) + ": no such kind of documents" +
                  did_you_mean(name, {"deployments", "rates", "policy", "invoice"}));
}

}  // namespace

}  // namespace fleetmeter::embed

using namespace fleetmeter;         // NOLINT: these are the library's functions for C
using namespace fleetmeter::embed;  // NOLINT

const char* fleetmeter_version() {
  static const std::string kVersion = version();
  return kVersion.c_str();
}

fleetmeter_code fleetmeter_open(const char* path, fleetmeter_access access,
                                fleetmeter_store** store) {
  return run([&] {
    if (store == nullptr) {
      throw Error(ErrorKind::usage, "store: is NULL");
    }
    *store = nullptr;
    const std::string name = text_of(path, "path");
    *store = new fleetmeter_store(access == FLEETMETER_WRITE ? Store::open_or_create(name)
                                                             : Store::open(name));
    return FLEETMETER_OK;
  });
}

void fleetmeter_close(fleetmeter_store* store) {
  delete store;
}

void fleetmeter_cancel(fleetmeter_store* store) {
  if (store != nullptr) {
    const std::lock_guard lock(store->mutex);
    store->stop.request_stop();
  }
}

fleetmeter_code fleetmeter_ingest_paths(fleetmeter_store* store, const char* const* paths,
                                        size_t count, const char* const* options,
                                        ArrowArrayStream* reports) {
  clear(reports);
  return run([&] {
    const Call call(store);
    return outcome(store->store.ingest(paths_of(paths, count), read_ingest(options)), reports);
  });
}

fleetmeter_code fleetmeter_ingest_bytes(fleetmeter_store* store, const char* name,
                                        const void* bytes, size_t size, const char* const* options,
                                        ArrowArrayStream* reports) {
  clear(reports);
  return run([&] {
    const Call call(store);
    const auto* begin = static_cast<const std::byte*>(bytes);
    return ingest(store, input_of(text_of(name, "name"), std::span(begin, begin + size)), options,
                  reports);
  });
}

fleetmeter_code fleetmeter_ingest_read(fleetmeter_store* store, const char* name,
                                       fleetmeter_read read, void* context,
                                       const char* const* options, ArrowArrayStream* reports) {
  clear(reports);
  return run([&] {
    const Call call(store);
    if (read == nullptr) {
      throw Error(ErrorKind::usage, "read: is NULL");
    }
    const std::string called = text_of(name, "name");
    const auto reading = [&](char* into, std::size_t room) {
      const ptrdiff_t count = read(context, into, room);
      if (count < 0 || static_cast<std::size_t>(count) > room) {
        throw Error(ErrorKind::io, called + ": reading failed");
      }
      return static_cast<std::size_t>(count);
    };
    return ingest(store, {called, reading}, options, reports);
  });
}

fleetmeter_code fleetmeter_import(fleetmeter_store* store, const char* kind,
                                  const char* const* paths, size_t count,
                                  const char* const* options, ArrowArrayStream* reports) {
  clear(reports);
  return run([&] {
    const Call call(store);
    const std::vector<MoneyReport> made = store->store.import_money(
        kind_called(text_of(kind, "kind")), paths_of(paths, count), read_money(options));
    fleetmeter_code code = FLEETMETER_OK;
    for (const MoneyReport& report : made) {
      if (report.error_code != 0 && code == FLEETMETER_OK) {
        code = note_data(report.problems.empty() ? report.source : report.problems.front());
      }
    }
    give_reports(made, reports);
    return code;
  });
}
