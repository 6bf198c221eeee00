#include "fleetmeter/lake.hpp"

#include <memory>
#include <sstream>

#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "lake/folder.hpp"

namespace fleetmeter {

namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

/// One table while its rows come: the file of one day at a time.
template <class Row>
class LakeTable {
 public:
  LakeTable(lake::Folder& folder, const char* name, Format format)
      : folder_(folder), name_(name), format_(format) {}

  void take(const Row& row, const std::string& part) {
    if (writer_ && part != part_) {
      put();
    }
    if (!writer_) {
      part_ = part;
      begin();
    }
    writer_->row(cells_of(row));
    rows_ += 1;
  }

  /// A table without rows is a file without rows, so that its columns are known.
  void end() {
    if (!writer_ && !has_files_) {
      begin();
    }
    if (writer_) {
      put();
    }
  }

 private:
  void begin() {
    bytes_ = std::make_unique<std::ostringstream>();
    writer_ = make_writer(format_, *bytes_);
    writer_->kinds(column_kinds<Row>());
    writer_->columns(column_names<Row>());
  }

  void put() {
    writer_->end();
    folder_.put(name_, part_.empty() ? name_ : name_ + '/' + part_,
                format_ == Format::csv ? "csv" : "parquet", bytes_->str(), rows_);
    writer_.reset();
    bytes_.reset();
    rows_ = 0;
    has_files_ = true;
  }

  lake::Folder& folder_;
  std::string name_;
  Format format_;
  std::string part_;
  std::unique_ptr<std::ostringstream> bytes_;
  std::unique_ptr<RowSink> writer_;
  std::int64_t rows_ = 0;
  bool has_files_ = false;
};

class LakeSink final : public ContractSink {
 public:
  LakeSink(lake::Folder& folder, Format format)
      : processes_(folder, "process", format),
        hours_(folder, "process_hour", format),
        stays_(folder, "room_stay", format),
        polls_(folder, "poll", format),
        snapshots_(folder, "snapshot", format),
        meta_(folder, "meta", format) {}

  void take(const ContractProcess& row) override { processes_.take(row, part_of(row)); }
  void take(const ContractHour& row) override { hours_.take(row, part_of(row)); }
  void take(const ContractStay& row) override { stays_.take(row, part_of(row)); }
  void take(const ContractPoll& row) override { polls_.take(row, part_of(row)); }
  void take(const ContractSnapshot& row) override { snapshots_.take(row, part_of(row)); }
  void take(const ContractMeta& row) override {
    meta_.take(row, "");
    knowledge_ = {row.watermark_seq, row.history_sha256};
  }

  [[nodiscard]] const lake::Knowledge& knowledge() const { return knowledge_; }

  void end() {
    processes_.end();
    hours_.end();
    stays_.end();
    polls_.end();
    snapshots_.end();
    meta_.end();
  }

 private:
  template <class Row>
  static std::string part_of(const Row& row) {
    const std::string date = base::format_utc(row.day() * kDay_ms);
    return "day=" + date.substr(0, date.find('T'));
  }

  LakeTable<ContractProcess> processes_;
  LakeTable<ContractHour> hours_;
  LakeTable<ContractStay> stays_;
  LakeTable<ContractPoll> polls_;
  LakeTable<ContractSnapshot> snapshots_;
  LakeTable<ContractMeta> meta_;
  lake::Knowledge knowledge_;
};

const char* name_of(LakeFile::Change change) {
  return change == LakeFile::Change::written ? "written"
         : change == LakeFile::Change::kept  ? "kept"
                                             : "removed";
}

}  // namespace

std::vector<LakeFile> export_lake(const Store& store, const std::string& folder,
                                  const Question& question, const ContractGiven& given,
                                  Format format) {
  if (format != Format::parquet && format != Format::csv) {
    throw Error(ErrorKind::usage, spelled(Term::format) + ": a lake is of parquet or csv");
  }
  lake::Folder place(folder);
  if (const auto& held = place.held();
      held && store.history_sha256(held->watermark_seq) != held->history_sha256) {
    throw Error(ErrorKind::data, printable(folder) +
                                     ": holds the lake of another store, or of one that knew more; "
                                     "name another folder, or remove it");
  }
  LakeSink sink(place, format);
  store.contract(question, given, sink);
  sink.end();
  return place.finish(sink.knowledge());
}

const std::vector<Column<LakeFile>>& LakeFile::columns() {
  using Row = LakeFile;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::table>{"table", "the contract table"},
      Field<&Row::file>{"file", "in the folder"},
      Field<&Row::rows>{"rows", "in it; 0 of a file that went"},
      Field<&Row::bytes>{"bytes", "its size"},
      Field<&Row::sha256>{"sha256", "of its bytes"},
      {"change", "written, kept or removed",
       [](const Row& row) -> Cell { return std::string(name_of(row.change)); }},
  };
  return kColumns;
}

}  // namespace fleetmeter
