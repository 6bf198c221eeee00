#include "support/power_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <set>

namespace fleetmeter::test {

namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kShmRegion = 32768;  // as large as SQLite ever asks for

/// A write, or (without bytes) a new size.
struct Change {
  std::size_t at = 0;
  std::string bytes;
  bool is_size = false;
};

void put_change(const Change& change, std::string& to) {
  if (change.is_size) {
    to.resize(change.at);
    return;
  }
  to.resize(std::max(to.size(), change.at + change.bytes.size()));
  to.replace(change.at, change.bytes.size(), change.bytes);
}

}  // namespace

/// A file: as programs see it, and as the disk has it.
struct PowerDisk::Node {
  std::string now;
  std::string durable;
  std::vector<Change> pending;
  bool exists = true;
  bool exists_durably = false;
  bool is_temporary = false;

  struct Handle;
  std::set<Handle*> handles;
  std::vector<std::unique_ptr<std::array<char, kShmRegion>>> shared_memory;
};

struct PowerDisk::Node::Handle : sqlite3_file {
  PowerDisk* disk = nullptr;
  std::shared_ptr<Node> node;
  int lock = SQLITE_LOCK_NONE;
  unsigned shm_shared = 0;
  unsigned shm_exclusive = 0;
  bool goes_on_close = false;
};

/// What SQLite calls.
struct PowerDisk::Vfs : sqlite3_vfs {
  using Handle = Node::Handle;

  static Handle& of(sqlite3_file* file) { return *static_cast<Handle*>(file); }
  static PowerDisk& of(sqlite3_vfs* vfs) { return *static_cast<PowerDisk*>(vfs->pAppData); }

  /// Notes a change, unless it must not be done.
  static int change(Handle& handle, Change change) {
    Node& node = *handle.node;
    int code = SQLITE_OK;
    if (!node.is_temporary && !handle.disk->may_do(true, code)) {
      return code;
    }
    put_change(change, node.now);
    if (!node.is_temporary) {
      node.pending.push_back(std::move(change));
    }
    return SQLITE_OK;
  }

  static int close(sqlite3_file* file) {
    Handle& handle = of(file);
    shm_unmap(file, 0);
    handle.node->handles.erase(&handle);
    if (handle.goes_on_close) {
      handle.node->exists = false;
    }
    handle.~Handle();
    return SQLITE_OK;
  }
  static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    const std::string& bytes = of(file).node->now;
    const auto at = static_cast<std::size_t>(offset);
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t there = at < bytes.size() ? std::min(wanted, bytes.size() - at) : 0;
    std::memcpy(out, bytes.data() + std::min(at, bytes.size()), there);
    std::memset(static_cast<char*>(out) + there, 0, wanted - there);
    return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    return change(
        of(file),
        {static_cast<std::size_t>(offset),
         std::string(static_cast<const char*>(from), static_cast<std::size_t>(size)), false});
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return change(of(file), {static_cast<std::size_t>(size), {}, true});
  }
  static int sync(sqlite3_file* file, int) {
    Handle& handle = of(file);
    int code = SQLITE_OK;
    if (handle.node->is_temporary) {
      return SQLITE_OK;
    }
    if (!handle.disk->may_do(false, code)) {
      return code;
    }
    if (!handle.disk->lies_) {
      handle.node->durable = handle.node->now;
      handle.node->pending.clear();
      handle.node->exists_durably = true;
    }
    return SQLITE_OK;
  }
  static int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(file).node->now.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* file, int level) {
    Handle& handle = of(file);
    for (const Handle* other : handle.node->handles) {
      const bool is_in_the_way =
          other != &handle && (level == SQLITE_LOCK_SHARED     ? other->lock > SQLITE_LOCK_RESERVED
                               : level == SQLITE_LOCK_RESERVED ? other->lock >= SQLITE_LOCK_RESERVED
                                                               : other->lock > SQLITE_LOCK_NONE);
      if (is_in_the_way) {
        return SQLITE_BUSY;
      }
    }
    handle.lock = std::max(handle.lock, level);
    return SQLITE_OK;
  }
  static int unlock(sqlite3_file* file, int level) {
    of(file).lock = std::min(of(file).lock, level);
    return SQLITE_OK;
  }
  static int is_reserved(sqlite3_file* file, int* out) {
    const auto& handles = of(file).node->handles;
    *out = std::any_of(handles.begin(), handles.end(),
                       [](const Handle* one) { return one->lock >= SQLITE_LOCK_RESERVED; });
    return SQLITE_OK;
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return 4096; }
  static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    auto& memory = of(file).node->shared_memory;
    const auto number = static_cast<std::size_t>(region);
    *out = nullptr;
    if (static_cast<std::size_t>(size) > kShmRegion) {
      return SQLITE_IOERR_SHMSIZE;
    }
    while (extend != 0 && memory.size() <= number) {
      memory.push_back(std::make_unique<std::array<char, kShmRegion>>());
    }
    if (number < memory.size()) {
      *out = memory[number]->data();
    }
    return SQLITE_OK;
  }
  static int shm_lock(sqlite3_file* file, int first, int count, int flags) {
    Handle& handle = of(file);
    const unsigned mask = ((1U << count) - 1U) << first;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      handle.shm_shared &= ~mask;
      handle.shm_exclusive &= ~mask;
      return SQLITE_OK;
    }
    const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (const Handle* other : handle.node->handles) {
      const unsigned taken = other->shm_exclusive | (is_exclusive ? other->shm_shared : 0U);
      if (other != &handle && (taken & mask) != 0) {
        return SQLITE_BUSY;
      }
    }
    (is_exclusive ? handle.shm_exclusive : handle.shm_shared) |= mask;
    return SQLITE_OK;
  }
  static void shm_barrier(sqlite3_file*) {}
  static int shm_unmap(sqlite3_file* file, int remove) {
    of(file).shm_shared = 0;
    of(file).shm_exclusive = 0;
    if (remove != 0) {
      of(file).node->shared_memory.clear();
    }
    return SQLITE_OK;
  }

  static constexpr sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods methods{};
    methods.iVersion = 2;
    methods.xClose = close;
    methods.xRead = read;
    methods.xWrite = write;
    methods.xTruncate = truncate;
    methods.xSync = sync;
    methods.xFileSize = file_size;
    methods.xLock = lock;
    methods.xUnlock = unlock;
    methods.xCheckReservedLock = is_reserved;
    methods.xFileControl = control;
    methods.xSectorSize = sector_size;
    methods.xDeviceCharacteristics = characteristics;
    methods.xShmMap = shm_map;
    methods.xShmLock = shm_lock;
    methods.xShmBarrier = shm_barrier;
    methods.xShmUnmap = shm_unmap;
    return methods;
  }();

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* got) {
    PowerDisk& disk = of(vfs);
    file->pMethods = nullptr;
    std::shared_ptr<Node> node = name == nullptr ? std::make_shared<Node>() : disk.find(name);
    if (node == nullptr) {
      if ((flags & SQLITE_OPEN_CREATE) == 0) {
        return SQLITE_CANTOPEN;
      }
      int code = SQLITE_OK;
      if (!disk.may_do(true, code)) {
        return SQLITE_CANTOPEN;
      }
      std::shared_ptr<Node>& place = disk.nodes_[name];
      if (place == nullptr) {
        place = std::make_shared<Node>();
      } else if (!place->exists) {
        place->exists = true;
        put_change({0, {}, true}, place->now);
        place->pending.push_back({0, {}, true});
      }
      node = place;
    }
    node->is_temporary = name == nullptr;
    auto* const handle = new (static_cast<Handle*>(file)) Handle();
    handle->pMethods = &kMethods;
    handle->disk = &disk;
    handle->node = std::move(node);
    handle->goes_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    handle->node->handles.insert(handle);
    if (got != nullptr) {
      *got = flags;
    }
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    PowerDisk& disk = of(vfs);
    const auto node = disk.find(name);
    if (node == nullptr) {
      return SQLITE_IOERR_DELETE_NOENT;
    }
    int code = SQLITE_OK;
    if (!disk.may_do(false, code)) {
      return SQLITE_IOERR_DELETE;
    }
    node->exists = false;
    if (sync_folder != 0 && !disk.lies_) {
      node->exists_durably = false;
      node->durable.clear();
      node->pending.clear();
    }
    return SQLITE_OK;
  }
  static int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    *out = of(vfs).find(name) != nullptr ? 1 : 0;
    return SQLITE_OK;
  }
  static int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
  }

  explicit Vfs(PowerDisk& disk) : sqlite3_vfs() {
    const sqlite3_vfs& real = *sqlite3_vfs_find("unix");
    iVersion = 1;
    szOsFile = sizeof(Handle);
    mxPathname = 512;
    zName = "power disk";
    pAppData = &disk;
    xOpen = open;
    xDelete = remove;
    xAccess = access;
    xFullPathname = full_name;
    xRandomness = real.xRandomness;
    xSleep = real.xSleep;
    xCurrentTime = real.xCurrentTime;
    xGetLastError = real.xGetLastError;
    sqlite3_vfs_register(this, 1);
  }
  ~Vfs() {
    sqlite3_vfs_unregister(this);
    sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
  }
  Vfs(const Vfs&) = delete;
  Vfs& operator=(const Vfs&) = delete;
};

PowerDisk::PowerDisk() : vfs_(std::make_unique<Vfs>(*this)) {}

PowerDisk::~PowerDisk() = default;

void PowerDisk::plan(std::uint64_t operation, Fate fate) {
  mend();
  at_ = operation;
  fate_ = fate;
}

void PowerDisk::mend() {
  operations_ = 0;
  at_ = 0;
  happened_ = false;
}

bool PowerDisk::may_do(bool writes, int& code) {
  ++operations_;
  const bool is_now = at_ != 0 && operations_ == at_;
  happened_ = happened_ || is_now;
  const bool fails = fate_ == Fate::io_error ? is_now
                     : fate_ == Fate::full   ? happened_ && writes
                                             : happened_;
  code = fate_ == Fate::full ? SQLITE_FULL : SQLITE_IOERR;
  return !fails;
}

std::shared_ptr<PowerDisk::Node> PowerDisk::find(const std::string& name) const {
  const auto found = nodes_.find(name);
  return found == nodes_.end() || !found->second->exists ? nullptr : found->second;
}

void PowerDisk::restart(Left left, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto stays = [&] {
    return left == Left::everything || (left != Left::nothing && random() % 2 == 0);
  };
  std::map<std::string, std::shared_ptr<Node>> after;
  for (const auto& [name, node] : nodes_) {
    // A file that was made, or removed, may be there or not until its folder is on the disk.
    const bool exists = node->exists == node->exists_durably ? node->exists
                        : stays()                            ? node->exists
                                                             : node->exists_durably;
    std::string bytes = node->durable;
    for (const Change& change : node->pending) {
      if (left != Left::some_sectors || change.is_size) {
        if (stays()) {
          put_change(change, bytes);
        }
        continue;
      }
      for (std::size_t at = 0; at < change.bytes.size(); at += kSector) {
        if (stays()) {
          put_change({change.at + at, change.bytes.substr(at, kSector), false}, bytes);
        }
      }
    }
    if (exists) {
      auto fresh = std::make_shared<Node>();
      fresh->now = bytes;
      fresh->durable = std::move(bytes);
      fresh->exists_durably = true;
      after[name] = std::move(fresh);
    }
  }
  nodes_ = std::move(after);
  mend();
}

PowerDisk::Image PowerDisk::image() const {
  Image image;
  for (const auto& [name, node] : nodes_) {
    if (node->exists) {
      image[name] = node->now;
    }
  }
  return image;
}

void PowerDisk::load(const Image& image) {
  nodes_.clear();
  for (const auto& [name, bytes] : image) {
    auto node = std::make_shared<Node>();
    node->now = bytes;
    node->durable = bytes;
    node->exists_durably = true;
    nodes_[name] = std::move(node);
  }
  mend();
}

}  // namespace fleetmeter::test
