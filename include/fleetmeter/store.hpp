#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "fleetmeter/compared_table.hpp"
#include "fleetmeter/contract.hpp"
#include "fleetmeter/cost.hpp"
#include "fleetmeter/diff.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/evidence.hpp"
#include "fleetmeter/focus.hpp"
#include "fleetmeter/ingest.hpp"
#include "fleetmeter/limits.hpp"
#include "fleetmeter/money.hpp"
#include "fleetmeter/named_query.hpp"
#include "fleetmeter/names.hpp"
#include "fleetmeter/prune.hpp"
#include "fleetmeter/public.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "fleetmeter/report.hpp"
#include "fleetmeter/seal.hpp"
#include "fleetmeter/table.hpp"
#include "fleetmeter/version.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// The schema versions of a store before and after it was brought up to date.
struct Migration {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

/// A fleetmeter store: an SQLite file with the history of processes, ports and rooms.
///
/// **Threads.** One object serves one thread at a time; it may move to another thread between two
/// calls. Any number of objects may be open on one file, on any threads and in any processes. They
/// do not wait for each other, but for two that write: the second waits for some seconds, and then
/// is told Error(busy). Callbacks are called on the thread that made the call. The only function of
/// this library that changes something for all threads is spell_terms().
///
/// **Cancelling.** stop_when() says how a call that takes long is stopped from another thread.
///
/// **Failures.** Every failure is an Error, and its kind says what to do about it. The store is
/// usable afterwards, and so is its file: a document is stored whole or not at all. A callback's
/// own exception comes out as it was thrown.
///
/// Questions see the store as it is when they are asked, and never change it.
class Store {
 public:
  /// Opens an existing store for questions. Throws Error(no_input, foreign_store, permission …).
  [[nodiscard]] static Store open(const std::string& path);

  /// Opens a store for ingest as well; makes it when there is none.
  [[nodiscard]] static Store open_or_create(const std::string& path);

  /// Opens an existing store for what writes into it: ingest, imports and seals.
  [[nodiscard]] static Store open_to_write(const std::string& path);

  /// Brings an existing store up to date, whole or not at all; of one that is, nothing changes.
  static Migration migrate(const std::string& path);

  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;
  ~Store();

  /// Reads files, folders (recursively, in name order) and "-" (standard input). A document is
  /// stored whole or not at all; running it again changes nothing. What a pipe gave is committed
  /// when nothing more comes for a tenth of a second. A source that cannot be read is reported, and
  /// the others go on; a store that cannot be written throws.
  std::vector<SourceReport> ingest(const std::vector<std::string>& paths,
                                   const IngestOptions& options = {});

  /// The same for bytes that are no file. Gives one report.
  SourceReport ingest(const Input& input, const IngestOptions& options = {});

  /// From now on, calls of this object end soon after a stop was requested of the token, by any
  /// thread: questions and statements with Error(cancelled), within some milliseconds; an ingest
  /// between two documents, with Error(cancelled) when what was whole is committed, so that the
  /// same ingest goes on from there. A token without a source, `{}`, ends that.
  ///
  ///     std::stop_source stop;
  ///     store.stop_when(stop.get_token());
  ///     std::jthread asker([&] { rows = store.billing(question); });
  ///     stop.request_stop();
  void stop_when(std::stop_token token);

  /// Billable time, and bytes that left: one row per group, sorted by the groups in the order of
  /// `question.by`; rows that are all zero are left out. Without groups always exactly one row.
  [[nodiscard]] std::vector<BillingRow> billing(const Question& question) const;
  [[nodiscard]] std::vector<EgressRow> egress(const Question& question) const;

  /// The evidence behind one process's numbers in a window, one piece a row. Throws
  /// Error(no_input) when the process is unknown.
  [[nodiscard]] std::vector<EvidencePiece> explain(const std::string& process_id,
                                                   const Question& question) const;

  /// Every flagged process in the window, one row per flag, with its evidence.
  /// The processes behind the one row that a question without groupings answers, the largest first;
  /// their values sum exactly to the row. Throws Error(usage) when it has groupings.
  [[nodiscard]] std::vector<BillingShare> billing_shares(const Question& question) const;
  [[nodiscard]] std::vector<EgressShare> egress_shares(const Question& question) const;

  /// Reads again, in an archive, the documents that say something of these processes, and the lists
  /// that prove them gone: whether their bytes have the digests that they had, and say what the
  /// store has. `archive` names files and folders; a document's file is the one whose name agrees
  /// the most with what it was called, from the end. By snapshot_seq. Of the question, what is
  /// known and absence count. Throws Error(no_input) on a process that is not known.
  [[nodiscard]] std::vector<VerifiedDocument> verify_documents(
      const std::vector<std::string>& process_ids, const std::vector<std::string>& archive,
      const Question& question = {}) const;

  /// What changed between two states of knowledge, and why: each is asked the same question, and
  /// without a window each answers up to its own as-of. Of the question, what is known does not
  /// count. To the depth of groups, only rows are filled. Throws Error(usage) when the first state
  /// is the later one.
  [[nodiscard]] Difference diff(const Question& question, const Known& from, const Known& to = {},
                                DiffDepth depth = DiffDepth::processes) const;

  [[nodiscard]] std::vector<Anomaly> anomalies(const Question& question) const;

  /// Polls, gaps, holes and capped polls, per app and region; a poll is an instant at which a
  /// process was seen there, or at which a running list speaks for it. A gap is a span between two
  /// polls that is longer than `gap_ms` (0: than three times the usual distance) while some process
  /// was alive there. A hole is a span between two running lists, of which the later was cut and
  /// does not reach back to the earlier. Both are cut at the window's ends.
  [[nodiscard]] Coverage coverage(const Question& question, std::int64_t gap_ms = 0) const;

  /// How wide the bounds of billable time would have been, had the archive been polled otherwise:
  /// a row for each way, in a fixed order, the archive as it is first. Reads every observation.
  [[nodiscard]] std::vector<PollingAdvice> advise(const Question& question) const;

  /// What is in the store, as far as the question says that it counts: nothing else of it does. To
  /// count gaps it reads a row a snapshot and a process. Where the store is and how large its file,
  /// is said as it is now.
  enum class Gaps { counted, left_out };
  [[nodiscard]] StoreStatus status(Gaps gaps = Gaps::counted, const Question& question = {}) const;

  /// The names of a kind that the store knows, in name order, so that somebody can pick one. Quick,
  /// however large the store is.
  [[nodiscard]] std::vector<std::string> names(NameKind kind) const;

  /// The instant up to which a question is answered: its own as-of, else the greatest observed_at
  /// of what it lets count; absent when nothing does. Quick.
  [[nodiscard]] std::optional<std::int64_t> as_of(const Question& question = {}) const;

  /// What to tell somebody whose question has a window about which nothing is known; empty when
  /// something is. Quick.
  [[nodiscard]] std::string remark_on_window(const Question& question) const;

  /// The ids of processes that begin with a text, in order, at most so many.
  [[nodiscard]] std::vector<std::string> process_ids(const std::string& begin,
                                                     std::size_t most) const;

  /// What each table and index takes in the file, the largest table first.
  [[nodiscard]] std::vector<TreeSize> sizes() const;

  /// Compares the store with itself, one check a row: SQLite's integrity, the tables and views,
  /// what refers to nothing, the control totals of every snapshot, what is kept for speed against
  /// the observations, rows about money against their documents, and the laws. Reads everything.
  [[nodiscard]] std::vector<Finding> check() const;

  /// Reads documents about money (JSON or CSV; docs/money.md says how they look), each stored whole
  /// or not at all, never edited: another of the same name is a new version. Throws Error(no_input,
  /// permission) on the first path that cannot be read.
  std::vector<MoneyReport> import_money(MoneyKind kind, const std::vector<std::string>& paths,
                                        const MoneyGiven& given = {});

  /// What was imported, in its newest version, and what is built in.
  [[nodiscard]] Table money(MoneyKind kind) const;

  /// How each line of the newest version of an invoice is read, and why: its product, its quantity
  /// in the unit of our rates, and what it adds to the sum. Throws Error(no_input) on an unknown
  /// one.
  [[nodiscard]] Table invoice_lines(const std::string& invoice_id) const;

  /// The zone of the billing months of a pricing: its own, else its policy's. Throws Error(usage).
  [[nodiscard]] std::string zone_of(const Pricing& pricing) const;

  /// What the usage in a window costs. The rows' amounts sum exactly to the invoice's lines,
  /// whatever the groups. What cannot be priced has rows of its own, without amount. Divided by
  /// room, a process's cost is shared among the rooms that stood on it, by time.
  [[nodiscard]] std::vector<CostRow> cost(const Question& question, const Pricing& pricing) const;

  /// The same as a dataset of FOCUS; the question's groups do not count. The sum of its costs is
  /// that of cost(). Throws Error(usage) on a version that is not known,
  /// or that cannot tell rooms apart.
  [[nodiscard]] FocusExport focus(const Question& question, const Pricing& pricing,
                                  const FocusGiven& given = {}) const;

  /// Compares somebody's own table with what was metered, cell by cell. `path` is a CSV file,
  /// packed or not, or `-`. Its columns say the groups and the units; a question without a window
  /// is about the days or months that the file names. Throws Error(data) with the line of a
  /// mistake.
  [[nodiscard]] ComparedTable compare(const std::string& path, const Question& question) const;

  /// Compares the newest versions of invoices of one month, taken together, with what was metered
  /// in it. Of the question only as-of, grace, lifespan, knowledge and scan are read. Throws
  /// Error(no_input) on an unknown invoice, Error(usage) on one without a month, of another month
  /// than the others, or in another currency.
  [[nodiscard]] Reconciliation reconcile(const std::vector<std::string>& invoice_ids,
                                         const Question& question, const Pricing& pricing,
                                         const ReconcileGiven& given = {}) const;

  /// Every invoice of a year like `2024`, at a glance. Those of one month are taken together.
  [[nodiscard]] std::vector<InvoiceVerdict> reconcile_year(const std::string& year,
                                                           const Question& question,
                                                           const Pricing& pricing,
                                                           const ReconcileGiven& given = {}) const;

  /// The files of a folder to send, by their names: what a reconciliation said, the invoice's
  /// lines, the processes behind the figures, the documents that these are known from, and how to
  /// check it. The same bytes for the same answer.
  [[nodiscard]] std::map<std::string, std::string> pack(const std::vector<std::string>& invoice_ids,
                                                        const Reconciliation& said,
                                                        const Question& question,
                                                        const Pricing& pricing) const;

  /// Makes report folders: each whole or not at all, the same bytes from the same knowledge on any
  /// machine, all numbers of one report from one moment of the store. What is there already and
  /// says what is known is left as it is. Of the question zone, as-of, grace, lifespan and
  /// knowledge count. Throws Error(busy) while another process makes reports in the folder.
  std::vector<ReportOutcome> report(const ReportRequest& request, const Question& question) const;

  /// Seals a month: writes its figures down, whole or not at all, with a proof over all of them.
  /// Of the question zone, as-of, grace, lifespan, absence and knowledge count. Throws Error(usage)
  /// when the month is not over, or is sealed already, or when the question has filters.
  SealRow seal(const SealRequest& request, const Question& question);

  /// Every seal, in the order in which they were made.
  [[nodiscard]] std::vector<SealRow> seals() const;

  // A seal is named by its number or by its month. Throws Error(no_input) when there is none.

  /// Its row; its lines, as one text; its checkpoint, with the signature if somebody signed.
  [[nodiscard]] SealRow seal_called(const std::string& name) const;
  [[nodiscard]] std::string seal_lines(const std::string& name) const;
  [[nodiscard]] std::string seal_checkpoint(const std::string& name) const;

  /// The proof that a line is in a seal, as a text for whoever has no store: verify_receipt() reads
  /// it. Lines are numbered from 0.
  [[nodiscard]] std::string receipt(const std::string& name, std::int64_t line_no) const;

  /// Works seals out again from what was known when they were made, and looks at their proofs:
  /// one of them, or all in their order. `public_key_pem`: of whom the signatures must be.
  [[nodiscard]] std::vector<SealFinding> verify_seals(
      const std::optional<std::string>& name = {},
      const std::optional<std::string>& public_key_pem = {},
      const std::string& key_file = {}) const;

  /// What is known now otherwise than it was sealed, and stands in no seal yet.
  [[nodiscard]] std::vector<Restatement> restatements() const;

  /// A request by RFC 3161 to stamp the checkpoint of a seal with the time: bytes for an authority.
  [[nodiscard]] std::string time_stamp_request(const std::string& name) const;

  /// Checks what an authority answered. `authorities` is a PEM file of certificates that are
  /// trusted. Throws Error(data) when the answer does not prove that somebody whom they vouch for
  /// saw the checkpoint.
  [[nodiscard]] TimeStampSaid verify_time_stamp(const std::string& name, const std::string& answer,
                                                const std::string& authorities) const;

  /// Moves the observations of processes that are over into a Parquet file, which is whole and on
  /// the disk before they leave the store. Answers that need none of them stay as they are; those
  /// that do throw Error(usage) from then on. Sealed months are worked out as before. Throws
  /// Error(usage) when the instant is later than all that is known, Error(no_input) without the
  /// folder, Error(busy) while another process makes such a file there.
  Pruning prune(const PruneRequest& request);

  /// Puts back all that was moved, or nothing: a row for each file. The store is then what it was.
  /// Throws Error(no_input) when a file is not in the folder, Error(data) when one is not what it
  /// was.
  std::vector<Unpruning> restore_pruned(const std::string& folder);

  /// Hands over the contract tables. Of the question as-of, grace, lifespan, absence and knowledge
  /// count. Throws Error(usage) on a grain that is no part of a day, and Error(data) when a total
  /// is more than 64 bits hold: engines that add in 64 bits would answer wrongly.
  void contract(const Question& question, const ContractGiven& given, ContractSink& sink) const;

  /// What meta will say of what the tables are made from: versions, watermark, history, as-of and
  /// options. Nothing is counted: counts and totals are 0. Throws Error(usage) as contract() does.
  [[nodiscard]] ContractMeta contract_head(const Question& question,
                                           const ContractGiven& given) const;

  /// The digest of all snapshots up to one of them, as they became known: ContractMeta has it, too.
  [[nodiscard]] std::string history_sha256(std::int64_t watermark_seq) const;

  /// Runs a named query. Parameters are given as text and read by the type in its contract; those
  /// called from_ms, to_ms, as_of_ms, grace_ms, max_lifespan_ms and trust_absence come from the
  /// question unless they are given. Throws Error(usage) on an unknown name or a missing parameter.
  void query(const std::string& name, const std::map<std::string, std::string>& parameters,
             const Question& question, RowSink& sink, const ProcessChoices& process = {}) const;

  /// Runs one read-only SELECT, shut off from everything else. Of the question only what is known
  /// counts: tables and views read as they did then, but for texts and prices, which have no
  /// numbered past, and for the tables of sums, of which Error(usage) says so.
  void sql(const std::string& text, RowSink& sink, const SqlLimits& limits = {},
           const Question& question = {}) const;

 private:
  struct Inside;
  explicit Store(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

/// Throws Error(usage) when nothing would be kept under a name: an empty one, `:memory:`, a URI.
void expect_store_name(const std::string& path);

/// Decodes and checks without a store: what `ingest --dry-run` does.
std::vector<SourceReport> check_sources(const std::vector<std::string>& paths,
                                        const IngestOptions& options);

}  // namespace fleetmeter
